/** From a request to a specification with nothing left open, or to all of its violations. */
@NullMarked
package dev.descent.job.specification;

import org.jspecify.annotations.NullMarked;
