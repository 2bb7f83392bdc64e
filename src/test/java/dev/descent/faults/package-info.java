/**
 * Faults of the machine, the disk and the database, with real processes: {@code ./mvnw verify -Pfaults}. Each test
 * prints a measurement.
 */
@NullMarked
package dev.descent.faults;

import org.jspecify.annotations.NullMarked;
