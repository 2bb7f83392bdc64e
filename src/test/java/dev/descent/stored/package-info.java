/** Data stored by earlier versions, opened by this one. */
@NullMarked
package dev.descent.stored;

import org.jspecify.annotations.NullMarked;
