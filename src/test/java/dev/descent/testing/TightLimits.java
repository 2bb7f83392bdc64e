package dev.descent.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole service with tight limits: little JSON, few concurrent requests, little patience
 * with slow clients, and a disk that never has the required
 * free space. It stores nothing, so its tests do not see each other's data.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DescentTest
@TestPropertySource(
        properties = {
            "descent.max-json-size=200KB",
            "descent.max-requests=" + TightLimits.MAX_REQUESTS,
            "descent.client-patience=2s",
            "descent.least-rate=100KB",
            "descent.min-free-space=1000TB"
        })
public @interface TightLimits {

    /** More than one, because a slot is released only a moment after its response has arrived. */
    int MAX_REQUESTS = 4;
}
