package dev.descent.core.train.examples;

/**
 * A reason why a table cannot be used for training as requested.
 *
 * @param field the offending part of the request: {@code target}, {@code split}, {@code features/0} …
 */
public record DataViolation(String field, String detail) {}
