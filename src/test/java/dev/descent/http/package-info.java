/** Tests through the public door: HTTP on a random port, each exchange held against the contract. */
@NullMarked
package dev.descent.http;

import org.jspecify.annotations.NullMarked;
