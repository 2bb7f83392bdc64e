@NullMarked
package dev.descent.access.key;

import org.jspecify.annotations.NullMarked;
