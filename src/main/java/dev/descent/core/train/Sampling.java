package dev.descent.core.train;

import dev.descent.core.Name;

/** How the examples of a batch are drawn. */
public enum Sampling {
    /** Each epoch visits every example once, in its own random order. */
    @Name("shuffle")
    SHUFFLE,
    /**
     * Each example of each batch is drawn from all of them, as in textbooks; an epoch is as many draws as there are
     * examples.
     */
    @Name("with_replacement")
    WITH_REPLACEMENT
}
