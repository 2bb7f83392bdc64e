/** What training changes: all parameters in one matrix, and their gradients in another. */
@NullMarked
package dev.descent.core.nn.parameter;

import org.jspecify.annotations.NullMarked;
