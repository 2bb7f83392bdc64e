package dev.descent.principal;

import java.util.Set;

/**
 * Who makes a request, found out once, before it reaches any feature.
 *
 * @param owner to whom everything belongs that the request creates
 * @param scopes what the request may do
 * @param credential the id of what it was recognized by, which is no secret
 */
public record Principal(String owner, Set<Scope> scopes, String credential) {

    /** The owner of everything that the holder of the service's own token creates. */
    public static final String ADMIN = "admin";

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whoever holds the service's own token, or reaches a service that asks for none. */
    public static Principal admin(String credential) {
        return new Principal(ADMIN, Set.of(Scope.values()), credential);
    }

    public boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }

    public boolean may(Scope scope) {
        return isAdmin() || scopes.contains(scope);
    }

    /** Whether something with that owner may be changed by this principal. */
    public boolean owns(String other) {
        return isAdmin() || owner.equals(other);
    }
}
