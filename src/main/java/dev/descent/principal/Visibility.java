package dev.descent.principal;

import dev.descent.core.Name;
import dev.descent.core.Names;
import java.util.Arrays;

/** Who may see something, and use it in jobs and for predictions, besides its owner and administrators. */
public enum Visibility {
    /** Nobody. */
    @Name("private")
    PRIVATE,

    /** Everyone with a credential. */
    @Name("shared")
    SHARED;

    /** @throws IllegalStateException if a later version of Descent stored it */
    public static Visibility named(String name) {
        return Arrays.stream(values())
                .filter(visibility -> Names.of(visibility).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no visibility " + name));
    }
}
