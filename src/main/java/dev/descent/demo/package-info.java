/**
 * The demo: a client that trains on a bundled dataset through the service's own HTTP API and shows the results in the
 * terminal.
 */
@NullMarked
package dev.descent.demo;

import org.jspecify.annotations.NullMarked;
