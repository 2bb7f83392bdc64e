package dev.descent.core.data;

/** How many rows each part of a {@link Split} has. */
public record PartSizes(int train, int validation, int test) {}
