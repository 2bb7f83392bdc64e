package dev.descent.core.train;

import dev.descent.core.Plain;

/**
 * The number of examples per step.
 *
 * @param rows a number above the size of the training part means a single batch
 */
public record BatchSize(int rows) implements Plain {

    /** Full-batch gradient descent. */
    public static final BatchSize ALL = new BatchSize(Integer.MAX_VALUE);

    private static final String WORD = "all";

    public static BatchSize ofPlain(Object value) {
        if (WORD.equals(value)) {
            return ALL;
        }
        if (value instanceof Long rows && rows >= 1 && rows <= Integer.MAX_VALUE) {
            return new BatchSize(rows.intValue());
        }
        throw new IllegalArgumentException("a whole number from 1 to %d, or \"all\"".formatted(Integer.MAX_VALUE));
    }

    @Override
    public Object plain() {
        return equals(ALL) ? (Object) WORD : (Object) rows;
    }

    int within(int trainRows) {
        return Math.min(rows, trainRows);
    }
}
