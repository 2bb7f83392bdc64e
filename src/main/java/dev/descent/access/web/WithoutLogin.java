package dev.descent.access.web;

import dev.descent.principal.Principal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes everyone who reaches the service an administrator: {@code descent.auth=none}. */
class WithoutLogin extends OncePerRequestFilter {

    private static final String CREDENTIAL = "none";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PrincipalAuthentication(Principal.admin(CREDENTIAL)));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
