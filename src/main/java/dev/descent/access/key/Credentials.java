package dev.descent.access.key;

import dev.descent.principal.Principal;
import java.util.Optional;

/** One kind of credentials. */
public interface Credentials {

    /** Whose credential it is; empty if it is of another kind, wrong, or no longer valid. */
    Optional<Principal> holderOf(String secret);
}
