/** Tests over HTTP on a random port, with each exchange checked against the contract. */
@NullMarked
package dev.descent.http;

import org.jspecify.annotations.NullMarked;
