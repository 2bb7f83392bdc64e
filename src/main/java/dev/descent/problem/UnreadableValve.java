package dev.descent.problem;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Refuses what the web server lets pass and whoever looks at it next would fail at, before anybody does: a broken
 * percent-encoding behind a semicolon, and a Content-Type that is a range such as {@code *}{@code /*}.
 */
class UnreadableValve extends ValveBase {

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    UnreadableValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String address = request.getRequestURI();
        // There is none if the first line was unreadable, which others answer.
        if (address != null && BROKEN_ESCAPE.matcher(address).find()) {
            response.sendError(Problem.MALFORMED_REQUEST.status().value());
        } else if (isRange(request.getContentType())) {
            response.sendError(Problem.UNSUPPORTED_MEDIA_TYPE.status().value());
        } else {
            getNext().invoke(request, response);
        }
    }

    private static boolean isRange(@Nullable String contentType) {
        if (contentType == null || contentType.indexOf('*') < 0) {
            return false;
        }
        try {
            return !MediaType.parseMediaType(contentType).isConcrete();
        } catch (InvalidMediaTypeException malformed) {
            // Everyone expects that.
            return false;
        }
    }
}
