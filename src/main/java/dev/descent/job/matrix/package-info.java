/** Encoded examples on disk: written once, and shared by all jobs that would encode the same. */
@NullMarked
package dev.descent.job.matrix;

import org.jspecify.annotations.NullMarked;
