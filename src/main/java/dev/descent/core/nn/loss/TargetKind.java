package dev.descent.core.nn.loss;

/** What a loss compares outputs with. */
public enum TargetKind {
    /** A class index. */
    CLASS,
    /** Numbers, one per output. */
    NUMBERS
}
