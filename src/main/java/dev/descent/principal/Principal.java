package dev.descent.principal;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who makes a request, found out once, before it reaches any feature.
 *
 * @param owner to whom everything belongs that the request creates
 * @param scopes what the request may do
 * @param credential the id of what it was recognized by, which is no secret
 * @param validUntil when that expires, unless it is revoked before
 */
public record Principal(String owner, Set<Scope> scopes, String credential, Instant validUntil) {

    /** The owner of everything that the holder of the service's own token creates. */
    public static final String ADMIN = "admin";

    /** The names that owners can have, in words. */
    public static final String OWNERS =
            "1 to 64 letters, digits and any of . _ : @ | -, beginning with a letter or digit";

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@|-]{0,63}");

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** With a credential that does not expire. */
    public Principal(String owner, Set<Scope> scopes, String credential) {
        this(owner, scopes, credential, Instant.MAX);
    }

    /** Whoever holds the service's own token, or reaches a service that asks for none. */
    public static Principal admin(String credential) {
        return new Principal(ADMIN, Set.of(Scope.values()), credential);
    }

    /** Whether an owner can have that name. */
    public static boolean isOwner(String name) {
        return OWNER.matcher(name).matches();
    }

    public boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }

    public boolean may(Scope scope) {
        return isAdmin() || scopes.contains(scope);
    }

    /** Whether this principal may do anything with what belongs to that owner. */
    public boolean owns(String other) {
        return isAdmin() || owner.equals(other);
    }

    /** Whether this principal may see something of that owner. */
    public boolean sees(String other, Visibility visibility) {
        return visibility == Visibility.SHARED || owns(other);
    }
}
