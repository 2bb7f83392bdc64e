package dev.descent.access.web;

import org.springframework.security.core.AuthenticationException;

/** It could not be found out whose credential a request shows. */
final class UndecidedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final transient RuntimeException reason;

    UndecidedException(RuntimeException reason) {
        super("The credential could not be checked", reason);
        this.reason = reason;
    }

    RuntimeException reason() {
        return reason;
    }
}
