package dev.descent.request;

import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses query parameters that no database could store or look for, before they reach one. */
@Component
class ParameterCheck implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Violations violations = new Violations();
        request.getParameterMap().forEach((name, values) -> {
            if (!Texts.isStorable(name) || !Arrays.stream(values).allMatch(Texts::isStorable)) {
                violations.add(
                        Violation.QUERY + name,
                        "%s is %s; accepted: %s"
                                .formatted(name, Quote.text(String.join(", ", values)), Texts.STORABLE));
            }
        });
        violations.throwIfAny();
        return true;
    }
}
