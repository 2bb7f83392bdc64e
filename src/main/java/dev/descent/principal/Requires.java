package dev.descent.principal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the caller of an endpoint must be allowed to do. An endpoint without this annotation is refused to everyone,
 * unless it is {@link Open}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** None if any principal may call it. */
    Scope[] value();

    /**
     * Whether a call may change something, unless its method is GET or HEAD; the audit log has all that may.
     */
    boolean changes() default true;
}
