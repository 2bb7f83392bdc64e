/** What the database and the clock need to be told, whichever database it is. */
@NullMarked
package dev.descent.store;

import org.jspecify.annotations.NullMarked;
