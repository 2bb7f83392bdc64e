package dev.descent.access.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the issuer's keys when the first token needs them, so that the service starts without the issuer. No address
 * in a token is ever followed.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MOST_BYTES = 1 << 18;
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration KEPT_IN_OUTAGES = Duration.ofHours(1);

    /** Of the requests that wait for others to fetch the keys. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String issuer;
    private final @Nullable String address;
    private final DefaultResourceRetriever web =
            new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);

    private IssuerKeys(String issuer, @Nullable String address) {
        this.issuer = issuer;
        this.address = address;
    }

    /**
     * The keys, kept for a while.
     *
     * @param address null if the issuer's metadata tells it
     * @param pause the time between two looks at the issuer; a token with an unknown key makes us look, and anybody can
     *     write such a token
     */
    static JWKSource<SecurityContext> of(String issuer, @Nullable String address, Duration pause) {
        return JWKSourceBuilder.create(new IssuerKeys(issuer, address))
                .cache(KEPT.toMillis(), PATIENCE.toMillis())
                .refreshAheadCache(false)
                .rateLimited(pause.toMillis())
                .outageTolerant(KEPT_IN_OUTAGES.toMillis())
                .build();
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
            throws JWKSetRetrievalException {
        try {
            return JWKSet.parse(read(address == null ? addressInMetadata() : address));
        } catch (IOException | ParseException | RuntimeException failure) {
            log.warn("The keys of {} cannot be read: {}", issuer, failure.getMessage());
            throw new JWKSetRetrievalException("The keys of the issuer cannot be read", failure);
        }
    }

    private String addressInMetadata() throws IOException, ParseException {
        String path = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var metadata = JSONObjectUtils.parse(read(path + METADATA));
        String named = JSONObjectUtils.getString(metadata, "issuer");
        if (!issuer.equals(named)) {
            throw new IOException("its metadata is of %.200s".formatted(named));
        }
        return String.valueOf(JSONObjectUtils.getString(metadata, "jwks_uri"));
    }

    private String read(String from) throws IOException {
        return web.retrieveResource(TrustedAddress.of(from)).getContent();
    }

    @Override
    public void close() {
        // Nothing is open between two looks.
    }
}
