package dev.descent.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * What answers at every address where nothing else does. Spring would look at the headers of the request on its way to
 * the same answer, and fail at a Content-Type that is a range.
 */
@Component
class NothingThere extends SimpleUrlHandlerMapping {

    NothingThere() {
        super(Map.of("/**", (HttpRequestHandler) NothingThere::refuse), Ordered.LOWEST_PRECEDENCE);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response)
            throws NoResourceFoundException {
        String path = request.getRequestURI();
        throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path);
    }
}
