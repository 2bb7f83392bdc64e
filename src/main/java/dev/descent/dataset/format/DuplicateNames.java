package dev.descent.dataset.format;

import dev.descent.core.Name;

/** What becomes of columns with the same name. */
public enum DuplicateNames {
    @Name("reject")
    REJECT,
    /** The second {@code a} is {@code a_2}. */
    @Name("number")
    NUMBER
}
