package dev.descent.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets metrics and the audit log name a route as the contract does: {@code /v1/datasets/{id}}, even where its mapping
 * says what an id may look like, so that it differs from {@code /v1/datasets/{id}:reread}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RouteNames implements HandlerInterceptor, WebMvcConfigurer {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+):[^}]*}");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null) {
            String name = nameOf(route.toString());
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, name);
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(context -> context.setPathPattern(name));
        }
        return true;
    }

    /** A route without what its variables may look like. */
    static String nameOf(String route) {
        return VARIABLE.matcher(route).replaceAll("{$1}");
    }
}
