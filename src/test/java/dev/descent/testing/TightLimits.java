package dev.descent.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole service, which soon refuses: little JSON, few requests at once, and a disk that never has the space that is
 * to be kept free. It stores nothing, so that its tests don't meet each other's data.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DescentTest
@TestPropertySource(
        properties = {
            "descent.max-json-size=200KB",
            "descent.max-requests=" + TightLimits.MAX_REQUESTS,
            "descent.min-free-space=1000TB"
        })
public @interface TightLimits {

    /** More than one, as a place is given back a moment after its answer has come. */
    int MAX_REQUESTS = 4;
}
