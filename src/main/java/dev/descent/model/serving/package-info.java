/** Predictions: rows of a request, read by the rules with which training read its dataset, and the answers to them. */
@NullMarked
package dev.descent.model.serving;

import org.jspecify.annotations.NullMarked;
