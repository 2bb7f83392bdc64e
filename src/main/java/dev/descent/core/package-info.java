/** The numeric core: what its specifications have in common; layers, data and training are in the packages below. */
@NullMarked
package dev.descent.core;

import org.jspecify.annotations.NullMarked;
