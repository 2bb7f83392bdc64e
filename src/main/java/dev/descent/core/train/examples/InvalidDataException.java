package dev.descent.core.train.examples;

import java.util.List;

/** The data can't be trained on as asked; says all that is wrong, not the first alone. */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<DataFlaw> flaws;

    InvalidDataException(List<DataFlaw> flaws) {
        super(flaws.toString());
        this.flaws = List.copyOf(flaws);
    }

    public List<DataFlaw> flaws() {
        return flaws;
    }
}
