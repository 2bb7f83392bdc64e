/** Random requests made from the contract. */
@NullMarked
package dev.descent.fuzz;

import org.jspecify.annotations.NullMarked;
