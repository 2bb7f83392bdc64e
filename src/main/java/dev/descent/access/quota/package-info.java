/** Quotas: how much an owner may store, queue and ask for. */
@NullMarked
package dev.descent.access.quota;

import org.jspecify.annotations.NullMarked;
