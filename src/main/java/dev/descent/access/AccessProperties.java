package dev.descent.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What requests may ask of this process.
 *
 * @param role what this process does: {@code all}, {@code api} or {@code worker}
 * @param maxRequests the most at the same time
 */
@Validated
@ConfigurationProperties("descent")
record AccessProperties(
        @DefaultValue("all") String role,
        @DefaultValue("64") @Min(1) @Max(10_000) int maxRequests) {

    /** Whether it answers at all. */
    boolean answers() {
        return !role.equalsIgnoreCase("worker");
    }
}
