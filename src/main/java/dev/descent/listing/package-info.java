/** Lists, newest first, served page by page. */
@NullMarked
package dev.descent.listing;

import org.jspecify.annotations.NullMarked;
