package dev.descent.access.web;

import dev.descent.principal.Principal;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A recognized principal, as Spring Security keeps it during a request. */
final class PrincipalAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Principal principal;

    PrincipalAuthentication(Principal principal) {
        super(List.of());
        this.principal = principal;
        setAuthenticated(true);
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }

    /** The secret is not kept. */
    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return principal.owner();
    }
}
