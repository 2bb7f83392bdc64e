package dev.descent.access.web;

/** The paths that anyone may call without a credential: nothing below them tells of data. */
final class OpenPaths {

    static final String[] PATTERNS = {
        "/actuator/health", "/actuator/health/**", "/problems/**", "/openapi.yaml", "/docs", "/docs/**", "/webjars/**",
    };

    private OpenPaths() {}
}
