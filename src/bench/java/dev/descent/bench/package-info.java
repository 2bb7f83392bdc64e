/** Benchmarks of the service's own trainer. */
@NullMarked
package dev.descent.bench;

import org.jspecify.annotations.NullMarked;
