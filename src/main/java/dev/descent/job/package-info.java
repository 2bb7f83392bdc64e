/** Training jobs: from request, queue and worker to loss history, checkpoints and outcome. */
@NullMarked
package dev.descent.job;

import org.jspecify.annotations.NullMarked;
