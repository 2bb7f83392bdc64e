package dev.descent.core;

/**
 * A specification that users write as a string, number, list or map rather than as an object with one field per
 * component. The type must have a public static method {@code ofPlain(Object)} that takes a {@code String},
 * {@code Long}, {@code Double}, {@code Boolean}, or a {@code List} or {@code Map} of these, and throws an
 * {@code IllegalArgumentException} whose message says what is accepted.
 */
public interface Plain {

    /** The value as users write it. */
    Object plain();
}
