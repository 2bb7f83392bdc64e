package dev.descent.access.audit;

import dev.descent.access.audit.Happening.Event;
import dev.descent.principal.Requires;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets no request change anything before the audit log has its beginning. */
@Component
class WriteAudit implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(WriteAudit.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final AuditLog audit;
    private final ObservedRequest observed;

    WriteAudit(AuditLog audit, ObservedRequest observed) {
        this.audit = audit;
        this.observed = observed;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // After those that may still refuse the request.
        registry.addInterceptor(this).order(1);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && isWrite(request, handler)) {
            Happening begun = observed.of(request, Event.BEGUN, null);
            new BegunWrite(append(begun), begun).attachTo(request);
        }
        return true;
    }

    static boolean isWrite(HttpServletRequest request, Object handler) {
        return !READING.contains(request.getMethod())
                && handler instanceof HandlerMethod method
                && !changesNothing(method.getMethodAnnotation(Requires.class));
    }

    private static boolean changesNothing(@Nullable Requires requires) {
        return requires != null && !requires.changes();
    }

    private long append(Happening begun) {
        try {
            return audit.append(begun);
        } catch (RuntimeException failure) {
            log.warn("The audit log cannot be written: {}", failure.getMessage());
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "The audit log cannot be written, so nothing may be changed; nothing was",
                    List.of());
        }
    }
}
