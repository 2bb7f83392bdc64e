package dev.descent.idempotency;

import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The response to a request that creates something.
 *
 * @param body JSON, as it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record CreationAnswer(int status, String location, byte[] body) {

    /** Everything except the body. */
    public ResponseEntity.BodyBuilder head() {
        return ResponseEntity.status(status).location(URI.create(location)).contentType(MediaType.APPLICATION_JSON);
    }
}
