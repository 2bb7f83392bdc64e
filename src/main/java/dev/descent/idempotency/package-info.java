/**
 * Idempotency: a request sent twice creates one resource, because requests that create something are remembered by key.
 */
@NullMarked
package dev.descent.idempotency;

import org.jspecify.annotations.NullMarked;
