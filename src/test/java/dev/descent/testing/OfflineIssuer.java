package dev.descent.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An OAuth2 issuer on this machine, which needs no network. */
public final class OfflineIssuer implements AutoCloseable {

    public static final String AUDIENCE = "descent";

    private final HttpServer server;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile List<RSAKey> keys;
    private volatile boolean isAway;

    public OfflineIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        keys = List.of(newKey("first"));
        server.createContext("/keys", exchange -> {
            looks.incrementAndGet();
            answer(exchange, new JWKSet(List.copyOf(keys)).toPublicJWKSet().toString());
        });
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address(), address())));
        server.start();
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(isAway ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public RSAKey key() {
        return keys.get(0);
    }

    /** Signs with another key from now on, and publishes it alone. */
    public void rotate(String id) {
        keys = List.of(newKey(id));
    }

    public void setAway(boolean away) {
        isAway = away;
    }

    /** How often somebody fetched the keys. */
    public int looks() {
        return looks.get();
    }

    /** The claims of a token that is valid for ten minutes. */
    public JWTClaimsSet.Builder claims(String subject, String scope) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", scope)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    public String token(String subject, String scope) {
        return sign(claims(subject, scope).build());
    }

    public String sign(JWTClaimsSet claims) {
        return sign(JWSAlgorithm.RS256, key(), claims);
    }

    public static String sign(JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims) {
        return sign(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), key, claims);
    }

    public static String sign(JWSHeader header, RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
