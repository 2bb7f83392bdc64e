/** Tests of the audit log. */
@NullMarked
package dev.descent.access.audit;

import org.jspecify.annotations.NullMarked;
