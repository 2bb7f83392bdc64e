/** The audit log: who changed something or was refused, when, from where, and what came of it. */
@NullMarked
package dev.descent.access.audit;

import org.jspecify.annotations.NullMarked;
