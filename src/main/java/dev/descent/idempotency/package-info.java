/** The same request sent twice makes one thing: the keys under which requests that create something are remembered. */
@NullMarked
package dev.descent.idempotency;

import org.jspecify.annotations.NullMarked;
