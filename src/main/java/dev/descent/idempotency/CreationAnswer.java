package dev.descent.idempotency;

import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What a request that creates something is answered with.
 *
 * @param body JSON, as it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
public record CreationAnswer(int status, String location, byte[] body) {

    /** All but the body. */
    public ResponseEntity.BodyBuilder head() {
        return ResponseEntity.status(status).location(URI.create(location)).contentType(MediaType.APPLICATION_JSON);
    }
}
