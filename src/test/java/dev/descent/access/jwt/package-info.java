@NullMarked
package dev.descent.access.jwt;

import org.jspecify.annotations.NullMarked;
