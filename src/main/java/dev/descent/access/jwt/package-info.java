/** Tokens that another service issues, by configuration alone. */
@NullMarked
package dev.descent.access.jwt;

import org.jspecify.annotations.NullMarked;
