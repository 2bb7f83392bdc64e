package dev.descent.access.key;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/** The cookie by which a browser shows its session, which no script can read and no other site can send. */
public final class SessionCookie {

    static final String NAME = "descent_session";

    private SessionCookie() {}

    /** The secret of the session that a request shows; null if it shows none. */
    public static @Nullable String of(HttpServletRequest request) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(NAME) && !cookie.getValue().isEmpty()) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    static ResponseCookie set(String secret, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(NAME, secret)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .path("/")
                .maxAge(age)
                .build();
    }

    static ResponseCookie removed(HttpServletRequest request) {
        return set("", Duration.ZERO, request);
    }
}
