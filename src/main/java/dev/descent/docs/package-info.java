/** The contract of the HTTP API, as a file and as pages to browse. */
@NullMarked
package dev.descent.docs;

import org.jspecify.annotations.NullMarked;
