/** The states of a job, the changes that clients made to it, and why it ended. */
@NullMarked
package dev.descent.job.lifecycle;

import org.jspecify.annotations.NullMarked;
