package dev.descent.idempotency;

import org.springframework.http.HttpStatus;

/**
 * How resources of one kind are created.
 *
 * @param scope its name; idempotency keys are unique within it
 * @param status of the response
 * @param address of the resource, without its id
 */
public record Creation(String scope, HttpStatus status, String address) {}
