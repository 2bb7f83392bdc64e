/** What features know of quotas: what to ask before they keep something, and what they tell of what they keep. */
@NullMarked
package dev.descent.quota;

import org.jspecify.annotations.NullMarked;
