/** What tests of the whole service share. */
@NullMarked
package dev.descent.testing;

import org.jspecify.annotations.NullMarked;
