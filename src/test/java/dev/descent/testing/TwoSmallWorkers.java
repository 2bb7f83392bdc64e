package dev.descent.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** The whole service with two workers that share little memory, and of which no owner may use both. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DescentTest
@TestPropertySource(properties = {"descent.workers=2", "descent.running-per-owner=1", "descent.memory=40MB"})
public @interface TwoSmallWorkers {}
