package dev.descent.principal;

import dev.descent.core.Name;

/** Who may see something, and use it in jobs and for predictions, besides its owner and administrators. */
public enum Visibility {
    /** Nobody. */
    @Name("private")
    PRIVATE,

    /** Everyone with a credential. */
    @Name("shared")
    SHARED
}
