package dev.descent.core.data;

/** The number of rows in each part of a {@link Split}. */
public record PartSizes(int train, int validation, int test) {}
