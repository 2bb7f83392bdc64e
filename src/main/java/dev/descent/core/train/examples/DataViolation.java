package dev.descent.core.train.examples;

/**
 * A reason why a table cannot be trained on as asked.
 *
 * @param field the part of the request at fault: {@code target}, {@code split}, {@code features/0} …
 */
public record DataViolation(String field, String detail) {}
