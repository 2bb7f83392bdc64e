package dev.descent.access.audit;

import dev.descent.access.audit.Happening.Event;
import dev.descent.access.key.ServiceToken;
import dev.descent.principal.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** Takes from a request what may be written down: bounded, in visible ASCII characters, and without secrets. */
@Component
class ObservedRequest {

    private static final Pattern KEY = Pattern.compile("(dk_[0-9a-z]{26}_)[A-Za-z0-9_-]{43}");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*){1,4}");
    private static final String HIDDEN = "***";

    private final ServiceToken token;

    ObservedRequest(ServiceToken token) {
        this.token = token;
    }

    Happening of(HttpServletRequest request, Event event, @Nullable Integer status) {
        Principal principal = principal();
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return new Happening(
                event,
                null,
                principal == null ? null : visible(principal.owner(), 128),
                principal == null ? null : visible(principal.credential(), 128),
                visible(request.getMethod(), 20),
                route == null ? null : visible(route.toString(), 200),
                visible(withoutSecrets(request.getRequestURI()), 500),
                visible(request.getRemoteAddr(), 100),
                status,
                null,
                1);
    }

    private static @Nullable Principal principal() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Principal principal ? principal : null;
    }

    /** Whoever writes a credential into an address does not find it in the log as well. */
    private String withoutSecrets(String path) {
        String withoutKeys = KEY.matcher(path.replace(token.value(), HIDDEN)).replaceAll("$1" + HIDDEN);
        return JWT.matcher(withoutKeys).replaceAll(HIDDEN);
    }

    /** @param length the most characters that are kept */
    static String visible(String text, int length) {
        StringBuilder visible = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > ' ' && octet < 0x7f;
            String next = plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff);
            if (visible.length() + next.length() > length) {
                break;
            }
            visible.append(next);
        }
        return visible.toString();
    }
}
