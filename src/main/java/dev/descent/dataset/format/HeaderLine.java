package dev.descent.dataset.format;

import dev.descent.core.Name;
import dev.descent.core.Plain;

/** Whether the first line holds the names of the columns: true, false, or as it looks. */
public enum HeaderLine implements Plain {
    @Name("true")
    PRESENT,
    @Name("false")
    ABSENT,
    @Name("auto")
    AUTO;

    /** @throws IllegalArgumentException for anything but true, false and "auto" */
    public static HeaderLine ofPlain(Object plain) {
        if (plain instanceof Boolean present) {
            return present ? PRESENT : ABSENT;
        }
        if ("auto".equals(plain)) {
            return AUTO;
        }
        throw new IllegalArgumentException("true, false or \"auto\"");
    }

    @Override
    public Object plain() {
        return this == AUTO ? "auto" : (Object) (this == PRESENT);
    }
}
