/** What is known about the columns of a dataset: types, statistics and warnings, learnt in one pass over its rows. */
@NullMarked
package dev.descent.dataset.profile;

import org.jspecify.annotations.NullMarked;
