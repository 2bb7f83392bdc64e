/** From a request to a complete specification, or to all of its violations. */
@NullMarked
package dev.descent.job.specification;

import org.jspecify.annotations.NullMarked;
