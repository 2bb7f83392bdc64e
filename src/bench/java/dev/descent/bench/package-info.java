/** Benchmarks: how fast the service's own trainer is. */
@NullMarked
package dev.descent.bench;

import org.jspecify.annotations.NullMarked;
