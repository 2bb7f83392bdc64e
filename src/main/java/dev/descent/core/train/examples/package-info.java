/** From a table to encoded examples: the learning task, the split, and problems with the data. */
@NullMarked
package dev.descent.core.train.examples;

import org.jspecify.annotations.NullMarked;
