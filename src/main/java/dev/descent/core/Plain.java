package dev.descent.core;

/**
 * A specification that users write as a text, a number, a list or a map rather than as an object of its components. The
 * type has a public static method {@code ofPlain(Object)} that takes a {@code String}, {@code Long}, {@code Double},
 * {@code Boolean}, {@code List} or {@code Map} of such, and throws an {@code IllegalArgumentException} whose message
 * says what is accepted.
 */
public interface Plain {

    /** As users write it. */
    Object plain();
}
