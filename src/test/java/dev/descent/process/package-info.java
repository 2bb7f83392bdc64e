/** The packaged service as a separate process that can be killed. Needs the jar, so these tests run after packaging. */
@NullMarked
package dev.descent.process;

import org.jspecify.annotations.NullMarked;
