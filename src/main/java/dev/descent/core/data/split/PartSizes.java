package dev.descent.core.data.split;

/** The number of rows in each part of a {@link Split}. */
public record PartSizes(int train, int validation, int test) {

    /** Training, validation, test. */
    static PartSizes of(int[] sizes) {
        return new PartSizes(sizes[0], sizes[1], sizes[2]);
    }
}
