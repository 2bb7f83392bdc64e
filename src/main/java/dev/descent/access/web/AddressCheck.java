package dev.descent.access.web;

import dev.descent.access.SecurityProperties;
import dev.descent.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that a web page of another site makes a browser send: under a name that only leads here by a trick of
 * its DNS, or from an origin that is not this service's own. A numeric address leads nowhere by tricks, so all are
 * accepted.
 */
class AddressCheck extends OncePerRequestFilter {

    /** An IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Set<String> hosts;
    private final Set<String> origins;
    private final Refusals refusals;

    AddressCheck(SecurityProperties properties, Refusals refusals) {
        this.hosts = properties.hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.origins = Set.copyOf(properties.corsOrigins());
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = withoutRoot(request.getServerName().toLowerCase(Locale.ROOT));
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!isOurs(host)) {
            refusals.refuse(
                    request,
                    response,
                    Problem.MISDIRECTED,
                    "Host is %.100s; accepted: localhost, an IP address, and what descent.hosts lists".formatted(host));
        } else if (origin != null && !origins.contains(origin) && !isSame(origin, request)) {
            refusals.refuse(
                    request,
                    response,
                    Problem.FORBIDDEN,
                    "Origin is %.100s; accepted: this service's own, and what descent.cors-origins lists"
                            .formatted(origin));
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isOurs(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || NUMERIC.matcher(host).matches()
                || hosts.contains(host);
    }

    /** A name may end with the dot of the root of all names. */
    private static String withoutRoot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Whether an origin has the host and port of the request, and is encrypted if that is. */
    private static boolean isSame(String origin, HttpServletRequest request) {
        try {
            URI page = URI.create(origin);
            String host = request.getHeader(HttpHeaders.HOST);
            return host != null
                    && host.equalsIgnoreCase(page.getAuthority())
                    // A proxy need not tell that a connection is encrypted.
                    && (!request.isSecure() || "https".equals(page.getScheme()));
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    /** An error page belongs to a request that has been checked or refused. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return true;
    }
}
