/** The states of a job, what clients changed of it, and why it ended. */
@NullMarked
package dev.descent.job.lifecycle;

import org.jspecify.annotations.NullMarked;
