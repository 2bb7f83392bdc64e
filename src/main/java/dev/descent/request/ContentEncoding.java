package dev.descent.request;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** How bodies may be compressed: with gzip, or not. */
public final class ContentEncoding {

    private ContentEncoding() {}

    /** @throws ProblemException 415 for any other encoding, and for several of them */
    public static boolean isGzip(HttpServletRequest request) {
        String encoding = String.join(", ", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw refused(encoding, "gzip, identity");
        };
    }

    /** @throws ProblemException 415 for a compressed body, where none is read */
    public static void requireNone(HttpServletRequest request) {
        if (isGzip(request)) {
            throw refused("gzip", "identity");
        }
    }

    private static ProblemException refused(String encoding, String accepted) {
        return new ProblemException(
                Problem.UNSUPPORTED_MEDIA_TYPE,
                "Content-Encoding is \"%s\"; accepted: %s".formatted(encoding, accepted),
                List.of());
    }
}
