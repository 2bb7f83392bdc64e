package dev.descent.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the demo goes.
 *
 * @param epochs passes over the training part
 * @param pollInterval how often it asks for progress
 * @param exit whether the service ends after it, rather than going on
 */
@ConfigurationProperties("descent.demo")
record DemoProperties(
        @DefaultValue("60") int epochs,
        @DefaultValue("100ms") Duration pollInterval,
        boolean exit) {}
