/** The threads of all periodic work. */
@NullMarked
package dev.descent.ticker;

import org.jspecify.annotations.NullMarked;
