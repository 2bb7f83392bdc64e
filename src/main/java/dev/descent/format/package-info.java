/** File formats of other tools: bytes to named arrays and back. */
@NullMarked
package dev.descent.format;

import org.jspecify.annotations.NullMarked;
