/** Credentials: the service's own token, API keys, and sessions of browsers. */
@NullMarked
package dev.descent.access.key;

import org.jspecify.annotations.NullMarked;
