/** What goes, when its owner's rules say so, and everything that was made from a file, when somebody must be forgotten. */
@NullMarked
package dev.descent.retention;

import org.jspecify.annotations.NullMarked;
