/** The behaviour of {@link dev.descent.store} that is visible over HTTP. */
@NullMarked
package dev.descent.store;

import org.jspecify.annotations.NullMarked;
