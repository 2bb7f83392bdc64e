/** Who may call what, and how much of it at once. */
@NullMarked
package dev.descent.access;

import org.jspecify.annotations.NullMarked;
