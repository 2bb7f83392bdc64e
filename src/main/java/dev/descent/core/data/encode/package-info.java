/** What an encoder computes for a cell once it is a number, the index of a level or a text; knows no columns. */
@NullMarked
package dev.descent.core.data.encode;

import org.jspecify.annotations.NullMarked;
