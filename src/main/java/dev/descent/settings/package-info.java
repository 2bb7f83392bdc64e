/** Which settings exist, and the treatment of those that nothing reads. */
@NullMarked
package dev.descent.settings;

import org.jspecify.annotations.NullMarked;
