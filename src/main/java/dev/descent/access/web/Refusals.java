package dev.descent.access.web;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers requests that may not pass with problems. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final HandlerExceptionResolver problems;

    Refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        if (failure instanceof UndecidedException undecided) {
            problems.resolveException(request, response, null, undecided.reason());
            return;
        }
        boolean isWrong = failure instanceof InvalidBearerTokenException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, isWrong ? "Bearer error=\"invalid_token\"" : "Bearer");
        refuse(
                request,
                response,
                Problem.UNAUTHORIZED,
                isWrong
                        ? "The credential is not valid: it is wrong, has expired or was revoked"
                        : "This address needs a credential; send the header Authorization: Bearer <token or API key>");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure) {
        refuse(
                request,
                response,
                Problem.FORBIDDEN,
                failure instanceof CsrfException
                        ? "A request with the cookie of a session must repeat the cookie %s in the header %s"
                                .formatted(WebSecurity.CSRF_COOKIE, WebSecurity.CSRF_HEADER)
                        : "The credential does not allow this");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException failure) {
        refuse(
                request,
                response,
                Problem.MALFORMED_REQUEST,
                "The address, a header or a parameter has a form that is not accepted, such as an encoded slash, a double slash, a semicolon or a control character");
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem, String detail) {
        problems.resolveException(request, response, null, new ProblemException(problem, detail, List.of()));
    }
}
