/** What happened to a job, and clients that wait for it. */
@NullMarked
package dev.descent.job.feed;

import org.jspecify.annotations.NullMarked;
