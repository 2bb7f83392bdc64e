/** States that a job can resume from. */
@NullMarked
package dev.descent.job.checkpoint;

import org.jspecify.annotations.NullMarked;
