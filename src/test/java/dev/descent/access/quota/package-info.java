/** Tests of quotas. */
@NullMarked
package dev.descent.access.quota;

import org.jspecify.annotations.NullMarked;
