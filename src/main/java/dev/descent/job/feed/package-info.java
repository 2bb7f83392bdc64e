/** The events of a job, and clients that wait for its changes. */
@NullMarked
package dev.descent.job.feed;

import org.jspecify.annotations.NullMarked;
