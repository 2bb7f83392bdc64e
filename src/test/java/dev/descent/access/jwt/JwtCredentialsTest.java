package dev.descent.access.jwt;

import static dev.descent.testing.OfflineIssuer.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.StartRefusedException;
import dev.descent.testing.OfflineIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

class JwtCredentialsTest {

    private static final Duration NO_PAUSE = Duration.ofMillis(1);
    private static final int TRIES = 2_000;

    private final OfflineIssuer issuer = new OfflineIssuer();
    private final JwtCredentials credentials = credentials(NO_PAUSE);

    @AfterEach
    void close() {
        issuer.close();
    }

    private JwtCredentials credentials(Duration pause) {
        return new JwtCredentials(properties(issuer.address(), AUDIENCE, null), pause);
    }

    private static JwtProperties properties(
            @Nullable String issuer, @Nullable String audience, @Nullable String jwksUri) {
        return new JwtProperties(issuer, audience, SignatureAlgorithm.RS256, jwksUri, "sub", "scope");
    }

    private Optional<Principal> holderOf(UnaryOperator<JWTClaimsSet.Builder> change) {
        return credentials.holderOf(
                issuer.sign(change.apply(issuer.claims("alice", "descent:read")).build()));
    }

    private static Date inSeconds(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    @Test
    void aTokenNamesItsOwnerAndScopes() {
        String token = issuer.token("alice", "openid read descent:read descent:train descent:other");

        Principal holder = credentials.holderOf(token).orElseThrow();

        assertThat(holder.owner()).isEqualTo("alice");
        assertThat(holder.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.TRAIN);
        assertThat(holder.isAdmin()).isFalse();
        assertThat(holder.credential()).startsWith("jwt_").hasSizeLessThanOrEqualTo(40);
        assertThat(token).doesNotContain(holder.credential().substring(4));
        assertThat(holder.validUntil()).isBetween(Instant.now(), Instant.now().plusSeconds(600));
    }

    @Test
    void scopesAreWordsOrAListAndNoneAreNone() {
        assertThat(holderOf(claims -> claims.claim("scope", List.of("descent:predict")))
                        .orElseThrow()
                        .scopes())
                .containsExactly(Scope.PREDICT);
        assertThat(holderOf(claims -> claims.claim("scope", "descent:admin"))
                        .orElseThrow()
                        .isAdmin())
                .isTrue();
        for (Object none : new Object[] {null, 7, Map.of("descent:read", true), "READ read descent:READ", ""}) {
            assertThat(holderOf(claims -> claims.claim("scope", none))
                            .orElseThrow()
                            .scopes())
                    .isEmpty();
        }
    }

    @Test
    void otherClaimsCanBeConfigured() {
        JwtCredentials other = new JwtCredentials(
                new JwtProperties(
                        issuer.address(),
                        AUDIENCE,
                        SignatureAlgorithm.RS256,
                        issuer.address() + "/keys",
                        "team",
                        "roles"),
                NO_PAUSE);
        String token = issuer.sign(issuer.claims("alice", "descent:admin")
                .claim("team", "vision")
                .claim("roles", List.of("descent:train"))
                .build());

        Principal holder = other.holderOf(token).orElseThrow();

        assertThat(holder.owner()).isEqualTo("vision");
        assertThat(holder.scopes()).containsExactly(Scope.TRAIN);
    }

    @Test
    void otherIssuersAudiencesAndTimesAreRefused() {
        assertThat(holderOf(claims -> claims)).isPresent();
        assertThat(holderOf(claims -> claims.issuer("https://evil.example"))).isEmpty();
        assertThat(holderOf(claims -> claims.issuer(issuer.address() + "/"))).isEmpty();
        assertThat(holderOf(claims -> claims.issuer(null))).isEmpty();
        assertThat(holderOf(claims -> claims.audience("other"))).isEmpty();
        assertThat(holderOf(claims -> claims.audience(List.of()))).isEmpty();
        assertThat(holderOf(claims -> claims.audience(List.of("other", AUDIENCE))))
                .isPresent();
        assertThat(holderOf(claims -> claims.issueTime(inSeconds(-600)).expirationTime(inSeconds(-70))))
                .isEmpty();
        assertThat(holderOf(claims -> claims.issueTime(inSeconds(-600)).expirationTime(inSeconds(-30))))
                .isPresent();
        assertThat(holderOf(claims -> claims.expirationTime(null))).isEmpty();
        assertThat(holderOf(claims -> claims.expirationTime(null).issueTime(null)))
                .isEmpty();
        assertThat(holderOf(claims -> claims.notBeforeTime(inSeconds(70)))).isEmpty();
        assertThat(holderOf(claims -> claims.notBeforeTime(inSeconds(30)))).isPresent();
    }

    @Test
    void otherAlgorithmsKeysAndSignaturesAreRefused() throws Exception {
        JWTClaimsSet claims = issuer.claims("alice", "descent:admin").build();
        RSAKey stranger = OfflineIssuer.newKey("first");
        String good = issuer.sign(claims);
        assertThat(credentials.holderOf(good)).isPresent();
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
        confused.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
        SignedJWT confusedText = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
        confusedText.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString()));
        String[] parts = good.split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        for (String wrong : List.of(
                new PlainJWT(claims).serialize(),
                none + "." + parts[1] + "." + parts[2],
                none + "." + parts[1] + ".",
                confused.serialize(),
                confusedText.serialize(),
                OfflineIssuer.sign(JWSAlgorithm.RS512, issuer.key(), claims),
                OfflineIssuer.sign(JWSAlgorithm.PS256, issuer.key(), claims),
                OfflineIssuer.sign(JWSAlgorithm.RS256, stranger, claims),
                OfflineIssuer.sign(JWSAlgorithm.RS256, OfflineIssuer.newKey("unknown"), claims),
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2].substring(1),
                parts[0] + "..",
                "..",
                "a.b.c",
                "dk_a.b.c")) {
            assertThat(credentials.holderOf(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void noAddressOrKeyInATokenIsUsed() {
        RSAKey own = OfflineIssuer.newKey("own");
        try (OfflineIssuer evil = new OfflineIssuer()) {
            JWTClaimsSet claims = issuer.claims("alice", "descent:admin").build();
            URI keys = URI.create(evil.address() + "/keys");
            for (JWSHeader.Builder header : List.of(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).jwkURL(keys),
                    new JWSHeader.Builder(JWSAlgorithm.RS256).x509CertURL(keys),
                    new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()))) {
                String token = OfflineIssuer.sign(header.keyID("first").build(), own, claims);
                assertThat(credentials.holderOf(token)).isEmpty();
            }
            assertThat(evil.looks()).isZero();
        }
    }

    @Test
    void anAccessTokenMaySayThatItIsOneAndOtherTypesAreRefused() {
        for (Map.Entry<String, Boolean> type : Map.of(
                        "at+jwt", true, "JWT", true, "logout+jwt", false, "dpop+jwt", false)
                .entrySet()) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("first")
                    .type(new JOSEObjectType(type.getKey()))
                    .build();
            String token = OfflineIssuer.sign(
                    header, issuer.key(), issuer.claims("alice", "descent:read").build());
            assertThat(credentials.holderOf(token).isPresent()).isEqualTo(type.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "auth0/17", "", "a b", "../x", "é", "-a"})
    void anOwnerThatNobodyCanBeIsSaid(String subject) {
        assertThatThrownBy(() -> credentials.holderOf(issuer.token(subject, "descent:admin")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("its claim sub names no owner")
                .extracting(failure -> ((ProblemException) failure).problem())
                .isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void keysAreFetchedOnceAndAgainAfterARotation() {
        for (int i = 0; i < 5; i++) {
            assertThat(credentials.holderOf(issuer.token("alice", ""))).isPresent();
        }
        assertThat(issuer.looks()).isEqualTo(1);
        String old = issuer.token("alice", "");

        issuer.rotate("second");

        assertThat(credentials.holderOf(issuer.token("alice", ""))).isPresent();
        assertThat(issuer.looks()).isEqualTo(2);
        assertThat(credentials.holderOf(old)).as("its key was withdrawn").isEmpty();
    }

    @Test
    void tokensWithUnknownKeysDoNotMakeUsFetchWithoutAnEnd() {
        JwtCredentials patient = credentials(Duration.ofMinutes(10));
        String known = issuer.token("alice", "");
        assertThat(patient.holderOf(known)).isPresent();
        RSAKey key = OfflineIssuer.newKey("x");
        for (int i = 0; i < 20; i++) {
            String token = OfflineIssuer.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("unknown" + i)
                            .build(),
                    key,
                    issuer.claims("alice", "").build());
            assertThat(isAccepted(patient, token)).isFalse();
        }
        assertThat(issuer.looks()).isLessThanOrEqualTo(2);
        assertThat(patient.holderOf(known)).isPresent();
    }

    private static boolean isAccepted(JwtCredentials credentials, String token) {
        try {
            return credentials.holderOf(token).isPresent();
        } catch (ProblemException unavailable) {
            assertThat(unavailable.problem()).isEqualTo(Problem.UNAVAILABLE);
            return false;
        }
    }

    @Test
    void whileTheIssuerIsAwayNothingIsDecidedAndKnownKeysServe() {
        issuer.setAway(true);
        String token = issuer.token("alice", "");
        assertThatThrownBy(() -> credentials.holderOf(token))
                .isInstanceOf(ProblemException.class)
                .extracting(failure -> ((ProblemException) failure).problem())
                .isEqualTo(Problem.UNAVAILABLE);
        issuer.setAway(false);
        assertThat(credentials.holderOf(token)).isPresent();
        issuer.setAway(true);
        assertThat(credentials.holderOf(token)).isPresent();
    }

    @Test
    void metadataOfAnotherIssuerIsNotTrusted() {
        try (OfflineIssuer other = new OfflineIssuer()) {
            // The same server by another name, whose metadata names it by its own.
            String alias = other.address().replace("127.0.0.1", "localhost");
            JwtCredentials confused = new JwtCredentials(properties(alias, AUDIENCE, null), NO_PAUSE);
            String token = other.sign(other.claims("alice", "").issuer(alias).build());
            assertThatThrownBy(() -> confused.holderOf(token)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void whateverATokenHoldsIsAnsweredInOrder() {
        SplittableRandom random = new SplittableRandom(7);
        String good = issuer.token("alice", "descent:read");
        for (int i = 0; i < TRIES; i++) {
            StringBuilder bent = new StringBuilder(good);
            int at = random.nextInt(good.length());
            bent.setCharAt(at, (char) random.nextInt(33, 127));
            // Both alphabets of Base64 are read, and the last character of a signature has bits that mean nothing.
            String plain = bent.toString().replace('+', '-').replace('/', '_');
            boolean isSame = plain.equals(good) || at == good.length() - 1;
            assertThat(isSame || !isAccepted(credentials, bent.toString()))
                    .as(bent.toString())
                    .isTrue();
        }
        for (String claim : List.of("iss", "aud", "sub", "exp", "nbf", "iat", "scope", "jti")) {
            for (Object value : List.of(-1, 1e300, Long.MAX_VALUE, "text", "", true, List.of(1, "a"), Map.of("a", 1))) {
                try {
                    holderOf(claims -> claims.claim(claim, value));
                } catch (ProblemException answered) {
                    assertThat(answered.problem()).isEqualTo(Problem.FORBIDDEN);
                }
            }
        }
    }

    @Test
    void withoutAnIssuerNoTokenIsLookedAt() {
        JwtCredentials none = new JwtCredentials(properties(null, null, null), NO_PAUSE);
        assertThat(none.holderOf(issuer.token("alice", "descent:admin"))).isEmpty();
        assertThat(issuer.looks()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://issuer.example, a, , issuer is",
        "http://127.0.0.1.evil.example, a, , issuer is",
        "ftp://127.0.0.1, a, , issuer is",
        "issuer, a, , issuer is",
        "https://user@issuer.example, a, , issuer is",
        "https://issuer.example#a, a, , issuer is",
        "'https://issuer example', a, , issuer is",
        "https://issuer.example, a, http://keys.example, jwks-uri is",
        "https://issuer.example, , , the second is not set",
        ", a, , the first is not set",
        ", , https://keys.example, the first is not set",
    })
    void settingsThatWouldTrustAnybodyRefuseTheStart(
            @Nullable String address, @Nullable String audience, @Nullable String jwksUri, String sentence) {
        JwtProperties properties = properties(address, audience, jwksUri);
        assertThatThrownBy(() -> new JwtCredentials(properties, NO_PAUSE))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://issuer.example/realms/a", "http://localhost:8080", "http://[::1]:80/a"})
    void anIssuerNeedNotBeThereAtTheStart(String address) {
        assertThat(new JwtCredentials(properties(address, AUDIENCE, null), NO_PAUSE).holderOf("no.such"))
                .isEmpty();
    }
}
