/**
 * Matrices, the kernels that compute with them, and the threads that share the work; nothing here knows about networks.
 */
@NullMarked
package dev.descent.core.math;

import org.jspecify.annotations.NullMarked;
