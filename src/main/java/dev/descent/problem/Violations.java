package dev.descent.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a request, so that it is all reported at once. */
public final class Violations {

    /** More violations than this help nobody, and a hostile request could have millions. */
    private static final int MAX_REPORTED = 100;

    private final List<Violation> list = new ArrayList<>();
    private int count;

    public void add(String pointer, String detail) {
        count++;
        if (list.size() < MAX_REPORTED) {
            list.add(new Violation(pointer, detail));
        }
    }

    public void addAll(List<Violation> violations) {
        violations.forEach(violation -> add(violation.pointer(), violation.detail()));
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

    private ProblemException exception() {
        String detail = count == 1
                ? list.get(0).detail()
                : "The request has %d faults%s"
                        .formatted(count, count > list.size() ? ", the first of which are listed" : "");
        return new ProblemException(Problem.INVALID_REQUEST, detail, list);
    }
}
