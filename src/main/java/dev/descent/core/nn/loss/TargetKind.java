package dev.descent.core.nn.loss;

/** What a loss compares outputs with. */
public enum TargetKind {
    /** The number of a class, from 0. */
    CLASS,
    /** Numbers, one for each output. */
    NUMBERS
}
