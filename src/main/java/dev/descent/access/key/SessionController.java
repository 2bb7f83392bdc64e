package dev.descent.access.key;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exchanges a credential for the cookie of a session, which is safer in a browser. */
@RestController
@RequestMapping(path = "/v1/session", produces = MediaType.APPLICATION_JSON_VALUE)
class SessionController {

    private final ApiKeys keys;
    private final CsrfTokenRepository csrf;

    SessionController(ApiKeys keys, CsrfTokenRepository csrf) {
        this.keys = keys;
        this.csrf = csrf;
    }

    /** Who makes the request. */
    record SessionView(
            @Name("object") String object,
            @Name("owner") String owner,
            @Name("scopes") List<String> scopes,
            @Name("credential") String credential) {

        static SessionView of(Principal principal) {
            return new SessionView(
                    "session",
                    principal.owner(),
                    principal.scopes().stream().map(Names::of).sorted().toList(),
                    principal.credential());
        }
    }

    @PostMapping
    @Requires({})
    ResponseEntity<SessionView> open(Principal principal, HttpServletRequest request, HttpServletResponse response) {
        ApiKeys.Made session = keys.open(principal);
        CsrfToken token = csrf.generateToken(request);
        csrf.saveToken(token, request, response);
        // Beside the one above: a header of the entity would replace it.
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                SessionCookie.set(session.secret(), session.age(), request).toString());
        return ResponseEntity.status(HttpStatus.CREATED).body(SessionView.of(principal));
    }

    @GetMapping
    @Requires({})
    SessionView get(Principal principal) {
        return SessionView.of(principal);
    }

    @DeleteMapping
    @Requires({})
    ResponseEntity<Void> close(HttpServletRequest request, HttpServletResponse response) {
        String secret = SessionCookie.of(request);
        if (secret != null) {
            keys.close(secret);
        }
        csrf.saveToken(null, request, response);
        response.addHeader(
                HttpHeaders.SET_COOKIE, SessionCookie.removed(request).toString());
        return ResponseEntity.noContent().build();
    }
}
