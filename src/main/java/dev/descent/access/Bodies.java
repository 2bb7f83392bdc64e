package dev.descent.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** What the headers of a request say about its body. */
final class Bodies {

    /** Every content type that the message converters accept as JSON. */
    private static final Pattern JSON =
            Pattern.compile("\\A\\s*+application/([^;]*\\+)?json\\s*+(;.*)?", Pattern.CASE_INSENSITIVE);

    private Bodies() {}

    static boolean has(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && JSON.matcher(type).matches();
    }
}
