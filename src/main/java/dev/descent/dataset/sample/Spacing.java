package dev.descent.dataset.sample;

/** Points at even distances between 0 and 1. */
final class Spacing {

    private Spacing() {}

    /** The first is 0 and the last is 1. */
    static double closed(int index, int count) {
        return count == 1 ? 0 : (double) index / (count - 1);
    }

    /** The first is 0, and 1 would be the next after the last. */
    static double open(int index, int count) {
        return (double) index / count;
    }
}
