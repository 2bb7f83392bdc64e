/** What every request passes before it reaches an endpoint: address, credential, scope. */
@NullMarked
package dev.descent.access.web;

import org.jspecify.annotations.NullMarked;
