/** Who makes a request, and what endpoints require of them; all that features know of access. */
@NullMarked
package dev.descent.principal;

import org.jspecify.annotations.NullMarked;
