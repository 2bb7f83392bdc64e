package dev.descent.access.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.Credentials;
import dev.descent.core.Names;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.StartRefusedException;
import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Service;

/**
 * The tokens of an OAuth2 issuer. What a token must be like is configured, and nothing in the token changes it: neither
 * its algorithm, nor an address of keys in its header.
 */
@Service
class JwtCredentials implements Credentials {

    /** Scopes of ours among others that an issuer knows. */
    private static final String SCOPE = "descent:";

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int DIGITS_OF_ID = 32;

    private final JwtProperties properties;
    private final @Nullable JwtDecoder decoder;

    @Autowired
    JwtCredentials(JwtProperties properties) {
        this(properties, PAUSE);
    }

    JwtCredentials(JwtProperties properties, Duration pause) {
        this.properties = properties;
        this.decoder = decoder(properties, pause);
    }

    private static @Nullable JwtDecoder decoder(JwtProperties properties, Duration pause) {
        String issuer = properties.issuer();
        String audience = properties.audience();
        if (issuer == null || audience == null) {
            if (issuer != null || audience != null || properties.jwksUri() != null) {
                throw refused("Of descent.jwt.issuer and descent.jwt.audience, %s is not set"
                        .formatted(issuer == null ? "the first" : "the second"));
            }
            return null;
        }
        check("issuer", issuer);
        if (properties.jwksUri() != null) {
            check("jwks-uri", properties.jwksUri());
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(properties.algorithm().getName()),
                IssuerKeys.of(issuer, properties.jwksUri(), pause)));
        // The validators below look at the claims.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times, new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience)));
        return decoder;
    }

    private static void check(String setting, String address) {
        try {
            TrustedAddress.of(address);
        } catch (IllegalArgumentException refused) {
            throw refused("descent.jwt.%s is \"%s\"; accepted: %s".formatted(setting, address, TrustedAddress.FORM));
        }
    }

    private static StartRefusedException refused(String reason) {
        return new StartRefusedException(reason + ".", "docs/security.md says how tokens of an issuer are accepted.");
    }

    @Override
    public Optional<Principal> holderOf(String secret) {
        return decoder == null || secret.chars().filter(c -> c == '.').count() != 2
                ? Optional.empty()
                : decoded(decoder, secret).map(token -> holder(token, secret));
    }

    /** @throws ProblemException 503 if the issuer's keys cannot be had */
    private static Optional<Jwt> decoded(JwtDecoder decoder, String secret) {
        try {
            return Optional.of(decoder.decode(secret));
        } catch (JwtException failure) {
            if (failure.getCause() instanceof KeySourceException) {
                throw new ProblemException(
                        Problem.UNAVAILABLE, "The keys of the issuer of tokens cannot be had just now", List.of());
            }
            return Optional.empty();
        }
    }

    /** @throws ProblemException 403 if no owner can have that name */
    private Principal holder(Jwt token, String secret) {
        Object owner = token.getClaims().get(properties.ownerClaim());
        if (!(owner instanceof String name) || !Principal.isOwner(name) || name.equals(Principal.ADMIN)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The token is valid, but its claim %s names no owner; accepted: %s, and not %s"
                            .formatted(properties.ownerClaim(), Principal.OWNERS, Principal.ADMIN),
                    List.of());
        }
        String id = ApiKeys.ISSUED_ELSEWHERE
                + Sha256.of(secret.getBytes(StandardCharsets.US_ASCII)).substring(0, DIGITS_OF_ID);
        Instant end = token.getExpiresAt();
        return new Principal(
                name, scopes(token.getClaims().get(properties.scopeClaim())), id, end == null ? Instant.MIN : end);
    }

    /** @param claim words with spaces between them, or a list of words */
    private static Set<Scope> scopes(@Nullable Object claim) {
        Collection<?> words = claim instanceof Collection<?> list
                ? list
                : List.of(String.valueOf(claim).split(" "));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(Scope.values())
                .filter(scope -> words.contains(SCOPE + Names.of(scope)))
                .forEach(scopes::add);
        return scopes;
    }
}
