/** What jobs and requests may take of a process: memory, heap, threads. */
@NullMarked
package dev.descent.job.resource;

import org.jspecify.annotations.NullMarked;
