/** Which settings there are, and what becomes of those that nothing reads. */
@NullMarked
package dev.descent.settings;

import org.jspecify.annotations.NullMarked;
