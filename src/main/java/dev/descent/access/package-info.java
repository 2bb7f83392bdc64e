/** Who may ask for what, and how much at once. */
@NullMarked
package dev.descent.access;

import org.jspecify.annotations.NullMarked;
