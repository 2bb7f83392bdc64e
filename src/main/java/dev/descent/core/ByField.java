package dev.descent.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Users tell the records of this sealed interface apart by a field rather than by a {@code type}: the {@link Required}
 * one, which at most one record lacks. That record is meant if no such field is given.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ByField {}
