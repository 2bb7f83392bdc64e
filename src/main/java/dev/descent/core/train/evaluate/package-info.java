/** What trained weights predict, and how good that is. */
@NullMarked
package dev.descent.core.train.evaluate;

import org.jspecify.annotations.NullMarked;
