/** What a job's model is worth on a part of its dataset, measured again from the rows themselves. */
@NullMarked
package dev.descent.model.evaluation;

import org.jspecify.annotations.NullMarked;
