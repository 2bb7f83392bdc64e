/** Parses JSON requests into records, finds every violation at once, and writes specifications back as JSON. */
@NullMarked
package dev.descent.request;

import org.jspecify.annotations.NullMarked;
