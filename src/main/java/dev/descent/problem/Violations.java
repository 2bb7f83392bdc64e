package dev.descent.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects everything that is wrong with a request, so that it is all reported at once. */
public final class Violations {

    /** More violations than this help nobody, and a hostile request could have millions. */
    private static final int MAX_REPORTED = 100;

    private final List<Violation> list = new ArrayList<>();
    private int count;

    public void add(String pointer, String detail) {
        add(() -> pointer, () -> detail);
    }

    /** The same for what may be wrong thousands of times: only what is reported is put into words. */
    public void add(Supplier<String> pointer, Supplier<String> detail) {
        count++;
        if (list.size() < MAX_REPORTED) {
            list.add(new Violation(pointer.get(), detail.get()));
        }
    }

    public void addAll(List<Violation> violations) {
        violations.forEach(violation -> add(violation.pointer(), violation.detail()));
    }

    public void addAll(Violations others) {
        addAll(others.list);
        count += others.count - others.list.size();
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** @throws ProblemException 422 with all violations, if there are any */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw exception();
        }
    }

    /** 422 with all violations. */
    public ProblemException exception() {
        String detail = count == 1
                ? list.get(0).detail()
                : "The request has %d faults%s"
                        .formatted(
                                count,
                                count > list.size() ? ", the first %d of which are listed".formatted(list.size()) : "");
        return new ProblemException(Problem.INVALID_REQUEST, detail, list);
    }
}
