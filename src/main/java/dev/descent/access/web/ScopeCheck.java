package dev.descent.access.web;

import dev.descent.core.Names;
import dev.descent.principal.Open;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands endpoints the principal of the request, and lets none be called without the scopes that it requires. */
@Component
class ScopeCheck implements HandlerInterceptor, HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // Before the parameters are looked at.
        registry.addInterceptor(this).order(-1);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && request.getDispatcherType() == DispatcherType.REQUEST
                && !isOpen(method)) {
            check(method.getMethodAnnotation(Requires.class));
        }
        return true;
    }

    private static boolean isOpen(HandlerMethod method) {
        return method.hasMethodAnnotation(Open.class)
                || ErrorController.class.isAssignableFrom(method.getBeanType())
                // The web security alone decides on those.
                || !method.getBeanType().getName().startsWith("dev.descent.");
    }

    private static void check(@Nullable Requires requires) {
        Principal principal = principal();
        if (principal == null || requires == null) {
            throw refused("Nobody may call this address");
        }
        for (Scope scope : requires.value()) {
            if (!principal.may(scope)) {
                throw refused("This address needs the scope %s, which the credential does not have"
                        .formatted(Names.of(scope)));
            }
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.FORBIDDEN, detail, List.of());
    }

    private static @Nullable Principal principal() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known instanceof PrincipalAuthentication ours ? ours.getPrincipal() : null;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Principal.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return principal();
    }
}
