@NullMarked
package dev.descent.access.web;

import org.jspecify.annotations.NullMarked;
