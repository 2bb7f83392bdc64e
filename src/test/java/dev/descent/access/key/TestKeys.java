package dev.descent.access.key;

import dev.descent.principal.Scope;
import java.util.Set;

/** Keys for tests. */
public final class TestKeys {

    private TestKeys() {}

    /** The secret of a new key that does not expire. */
    public static String make(ApiKeys keys, String owner, Scope... scopes) {
        return keys.create(ApiKey.Kind.KEY, "of " + owner, owner, Set.of(scopes), null)
                .secret();
    }
}
