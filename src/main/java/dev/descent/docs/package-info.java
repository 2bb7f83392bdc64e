/** The contract of the HTTP API, as a file and as browsable pages. */
@NullMarked
package dev.descent.docs;

import org.jspecify.annotations.NullMarked;
