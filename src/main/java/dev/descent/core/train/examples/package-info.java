/** From a table to encoded examples: the learning task, the parts of the data, and what is wrong with them. */
@NullMarked
package dev.descent.core.train.examples;

import org.jspecify.annotations.NullMarked;
