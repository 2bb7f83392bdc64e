package dev.descent.request;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** How a body is compressed: files with gzip, Zstandard or not at all; JSON with gzip or not. */
public enum ContentEncoding {
    IDENTITY,
    GZIP,
    ZSTD;

    /** @throws ProblemException 415 for any other encoding, and for several of them */
    public static ContentEncoding of(HttpServletRequest request) {
        String encoding = header(request);
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> throw refused(encoding, "gzip, zstd, identity");
        };
    }

    private static String header(HttpServletRequest request) {
        return String.join(", ", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
    }

    /** @throws ProblemException 415 for any encoding but gzip, and for several of them */
    public static boolean isGzip(HttpServletRequest request) {
        ContentEncoding encoding = of(request);
        if (encoding == ZSTD) {
            throw refused(header(request), "gzip, identity");
        }
        return encoding == GZIP;
    }

    /** @throws ProblemException 415 for a compressed body, where none is read */
    public static void requireNone(HttpServletRequest request) {
        if (of(request) != IDENTITY) {
            throw refused(header(request), "identity");
        }
    }

    private static ProblemException refused(String encoding, String accepted) {
        return new ProblemException(
                Problem.UNSUPPORTED_MEDIA_TYPE,
                "Content-Encoding is \"%s\"; accepted: %s".formatted(encoding, accepted),
                List.of());
    }
}
