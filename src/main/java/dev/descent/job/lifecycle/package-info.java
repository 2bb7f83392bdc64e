/** The states of a job, and why it ended. */
@NullMarked
package dev.descent.job.lifecycle;

import org.jspecify.annotations.NullMarked;
