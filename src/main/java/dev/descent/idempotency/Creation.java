package dev.descent.idempotency;

import org.springframework.http.HttpStatus;

/**
 * How a kind of thing is made.
 *
 * @param scope its name, within which keys are different
 * @param status of the answer
 * @param address of what was made, up to its id
 */
public record Creation(String scope, HttpStatus status, String address) {}
