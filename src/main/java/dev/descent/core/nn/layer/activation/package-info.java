/** The activation functions: each with its derivative, element by element. */
@NullMarked
package dev.descent.core.nn.layer.activation;

import org.jspecify.annotations.NullMarked;
