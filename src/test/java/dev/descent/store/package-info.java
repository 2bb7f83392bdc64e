/** What of {@link dev.descent.store} can be seen over HTTP. */
@NullMarked
package dev.descent.store;

import org.jspecify.annotations.NullMarked;
