package dev.descent.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a body whose Content-Type is a range such as {@code *}{@code /*}. Where an endpoint does not say what it
 * consumes, since its body is optional, Spring would fail while it reads it.
 */
@Component
class BodyType implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException {
        String type = request.getContentType();
        if (type != null && handler instanceof HandlerMethod method && hasBody(method)) {
            MediaType parsed = parsed(type);
            if (!parsed.isConcrete()) {
                throw new HttpMediaTypeNotSupportedException(parsed, List.of(MediaType.APPLICATION_JSON));
            }
        }
        return true;
    }

    private static MediaType parsed(String type) throws HttpMediaTypeNotSupportedException {
        try {
            return MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotSupportedException(malformed.getMessage(), List.of(MediaType.APPLICATION_JSON));
        }
    }

    private static boolean hasBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }
}
