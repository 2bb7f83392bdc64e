/** The behaviour of {@link dev.descent.access} that is visible over HTTP. */
@NullMarked
package dev.descent.access;

import org.jspecify.annotations.NullMarked;
