package dev.descent.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo.
 *
 * @param epochs passes over the training part
 * @param pollInterval how often it asks for progress
 * @param exit whether the service stops afterwards instead of continuing to run
 */
@ConfigurationProperties("descent.demo")
record DemoProperties(
        @DefaultValue("60") int epochs,
        @DefaultValue("100ms") Duration pollInterval,
        boolean exit) {}
