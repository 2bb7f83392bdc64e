/** Sample datasets: a few that are shipped, and tables that are drawn from a seed. */
@NullMarked
package dev.descent.dataset.sample;

import org.jspecify.annotations.NullMarked;
