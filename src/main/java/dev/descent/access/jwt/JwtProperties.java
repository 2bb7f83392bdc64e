package dev.descent.access.jwt;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Which tokens of an OAuth2 issuer are accepted; none, if it names no issuer.
 *
 * @param issuer its address, exactly as it stands in tokens
 * @param audience what tokens must be issued for
 * @param algorithm of their signatures; it is always one with a public key
 * @param jwksUri the address of the issuer's keys; null if the issuer's metadata tells it
 * @param ownerClaim the claim that names the owner of what a request creates
 * @param scopeClaim the claim that lists scopes
 */
@ConfigurationProperties("descent.jwt")
record JwtProperties(
        @Nullable String issuer,
        @Nullable String audience,
        @DefaultValue("RS256") SignatureAlgorithm algorithm,
        @Nullable String jwksUri,
        @DefaultValue("sub") String ownerClaim,
        @DefaultValue("scope") String scopeClaim) {}
