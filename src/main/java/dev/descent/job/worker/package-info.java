/** Claims jobs, trains them, and records how they end. */
@NullMarked
package dev.descent.job.worker;

import org.jspecify.annotations.NullMarked;
