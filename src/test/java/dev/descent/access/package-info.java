/** What of {@link dev.descent.access} can be seen over HTTP. */
@NullMarked
package dev.descent.access;

import org.jspecify.annotations.NullMarked;
