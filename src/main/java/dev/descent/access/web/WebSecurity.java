package dev.descent.access.web;

import dev.descent.access.SecurityProperties;
import dev.descent.access.SecurityProperties.Auth;
import dev.descent.access.key.SessionCookie;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** What every request passes before it reaches an endpoint. */
@Configuration
class WebSecurity {

    static final String CSRF_COOKIE = "XSRF-TOKEN";
    static final String CSRF_HEADER = "X-XSRF-TOKEN";

    /** Scripts and styles come from this service alone; swagger-ui sets styles of elements. */
    private static final String CONTENT_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    SecurityFilterChain everyRequest(
            HttpSecurity http,
            SecurityProperties properties,
            CredentialCheck credentials,
            CookieCsrfTokenRepository csrfCookie,
            Refusals refusals) {
        http.addFilterAfter(new AddressCheck(properties, refusals), HeaderWriterFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .cors(cors -> cors.configurationSource(origins(properties)))
                .headers(WebSecurity::headers)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(WebSecurity::isByCookie))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(OpenPaths.PATTERNS)
                                .permitAll()
                                .anyRequest()
                                .authenticated());
        if (properties.auth() == Auth.NONE) {
            http.addFilterBefore(new WithoutLogin(), AuthorizationFilter.class);
        } else {
            http.addFilterAt(byCredential(credentials, refusals), BearerTokenAuthenticationFilter.class);
        }
        return http.build();
    }

    /** A timer around each filter tells nobody anything, and cost a prediction a fifth of its time. */
    @Bean
    static SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    /** By hand, because the configurer would exempt what carries a credential, a cookie too, from CSRF protection. */
    private static BearerTokenAuthenticationFilter byCredential(CredentialCheck credentials, Refusals refusals) {
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(credentials, new Shown());
        filter.setAuthenticationEntryPoint(refusals);
        return filter;
    }

    /** Which methods an address has is known where it is served. */
    @Bean
    static HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        // It would refuse them where they are first read, in the midst of other work; a later check names the
        // parameter.
        firewall.setAllowedParameterNames(name -> true);
        return firewall;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
    }

    /** None from other hosts, unless the configuration lists some. */
    private static UrlBasedCorsConfigurationSource origins(SecurityProperties properties) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.corsOrigins().isEmpty()) {
            CorsConfiguration allowed = new CorsConfiguration();
            allowed.setAllowedOrigins(properties.corsOrigins());
            allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
            allowed.setAllowedHeaders(List.of("*"));
            allowed.setExposedHeaders(
                    List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER, "RateLimit"));
            source.registerCorsConfiguration("/**", allowed);
        }
        return source;
    }

    @Bean
    static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieName(CSRF_COOKIE);
        cookie.setHeaderName(CSRF_HEADER);
        cookie.setCookiePath("/");
        cookie.setCookieCustomizer(attributes -> attributes.sameSite("Strict"));
        return cookie;
    }

    /** A browser adds cookies to requests by itself, headers it does not. */
    private static boolean isByCookie(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && SessionCookie.of(request) != null;
    }

    /** The header, or else the cookie of a session. What is open needs neither, so a stale one does not matter there. */
    private static final class Shown implements AuthenticationConverter {

        private final AuthenticationConverter header = new BearerTokenAuthenticationConverter();
        private final RequestMatcher open = new OrRequestMatcher(Arrays.stream(OpenPaths.PATTERNS)
                .map(pattern -> (RequestMatcher) PathPatternRequestMatcher.pathPattern(pattern))
                .toList());

        @Override
        public @Nullable Authentication convert(HttpServletRequest request) {
            if (open.matches(request)) {
                return null;
            }
            if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
                return header.convert(request);
            }
            String session = SessionCookie.of(request);
            return session == null ? null : new BearerTokenAuthenticationToken(session);
        }
    }
}
