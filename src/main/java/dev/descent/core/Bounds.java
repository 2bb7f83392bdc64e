package dev.descent.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range that a component of a specification must lie in; both ends are accepted. For a number it bounds the value,
 * for a text its characters, for a list or a map its entries.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Bounds {

    double min();

    double max();
}
