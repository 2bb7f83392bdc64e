/** What the database and the clock need to be configured with, for every kind of database. */
@NullMarked
package dev.descent.store;

import org.jspecify.annotations.NullMarked;
