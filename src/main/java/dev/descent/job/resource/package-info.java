/** The limits on what jobs and requests take from a process: memory, heap, threads. */
@NullMarked
package dev.descent.job.resource;

import org.jspecify.annotations.NullMarked;
