/** The loss history of a job: epochs, metrics, diagnosis. */
@NullMarked
package dev.descent.job.history;

import org.jspecify.annotations.NullMarked;
