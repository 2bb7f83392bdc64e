/** Models: versions of trained weights, and predictions from them. */
@NullMarked
package dev.descent.model;

import org.jspecify.annotations.NullMarked;
