package dev.descent.core.train;

import dev.descent.core.Name;

/** How the order of the examples of an epoch is drawn, {@link EpochOrder}, and with it where they are kept. */
public enum Shuffle {
    /** Every order is as likely as any other; the encoded examples are in memory. */
    @Name("whole")
    WHOLE,
    /** Examples that are near each other in the file are visited in the same part of an epoch; they stay on disk. */
    @Name("blocks")
    BLOCKS
}
