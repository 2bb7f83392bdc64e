/** States that a job can go on from. */
@NullMarked
package dev.descent.job.checkpoint;

import org.jspecify.annotations.NullMarked;
