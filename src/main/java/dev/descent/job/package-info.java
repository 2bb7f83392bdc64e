/** Training jobs: from a request over the queue and the worker to loss history, checkpoints and an end. */
@NullMarked
package dev.descent.job;

import org.jspecify.annotations.NullMarked;
