/** Lists, newest first, handed out page by page. */
@NullMarked
package dev.descent.listing;

import org.jspecify.annotations.NullMarked;
