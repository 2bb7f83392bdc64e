/** Which rows are trained on, which choose the best epoch, and which are for the final score alone. */
@NullMarked
package dev.descent.core.data.split;

import org.jspecify.annotations.NullMarked;
