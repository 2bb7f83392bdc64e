package dev.descent.request;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** How a body is compressed: files with gzip, Zstandard or not at all; JSON with gzip or not. */
public enum ContentEncoding {
    IDENTITY,
    GZIP,
    ZSTD;

    /** @throws ProblemException 415 for any other encoding, and for several of them */
    public static ContentEncoding of(HttpServletRequest request) {
        return known(request).orElseThrow(() -> refused(request, "gzip, zstd, identity"));
    }

    private static Optional<ContentEncoding> known(HttpServletRequest request) {
        return switch (header(request).strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    private static String header(HttpServletRequest request) {
        return String.join(", ", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
    }

    /** @throws ProblemException 415 for any encoding but gzip, and for several of them */
    public static boolean isGzip(HttpServletRequest request) {
        return known(request).filter(encoding -> encoding != ZSTD).orElseThrow(() -> refused(request, "gzip, identity"))
                == GZIP;
    }

    /** @throws ProblemException 415 for a compressed body, where none is read */
    public static void requireNone(HttpServletRequest request) {
        if (known(request).orElse(null) != IDENTITY) {
            throw refused(request, "identity");
        }
    }

    private static ProblemException refused(HttpServletRequest request, String accepted) {
        return new ProblemException(
                Problem.UNSUPPORTED_MEDIA_TYPE,
                "Content-Encoding is \"%s\"; accepted: %s".formatted(header(request), accepted),
                List.of());
    }
}
