package dev.descent.access.web;

import dev.descent.access.key.Credentials;
import dev.descent.principal.Principal;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Finds out whose credential a request shows. */
@Component
class CredentialCheck implements AuthenticationManager {

    private final List<Credentials> kinds;

    CredentialCheck(List<Credentials> kinds) {
        this.kinds = kinds;
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        String secret = ((BearerTokenAuthenticationToken) shown).getToken();
        return holderOf(secret)
                .map(PrincipalAuthentication::new)
                .orElseThrow(() -> new InvalidBearerTokenException("The credential is not valid"));
    }

    private Optional<Principal> holderOf(String secret) {
        try {
            return kinds.stream()
                    .flatMap(kind -> kind.holderOf(secret).stream())
                    .findFirst();
        } catch (RuntimeException failure) {
            throw new UndecidedException(failure);
        }
    }
}
