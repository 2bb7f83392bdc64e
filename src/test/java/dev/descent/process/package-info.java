/**
 * The packaged service as a process of its own, which may be killed. Needs the jar, so these tests run after it is
 * packaged.
 */
@NullMarked
package dev.descent.process;

import org.jspecify.annotations.NullMarked;
