/** Shared by tests of the whole service. */
@NullMarked
package dev.descent.testing;

import org.jspecify.annotations.NullMarked;
