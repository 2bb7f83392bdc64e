package dev.descent.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on requests to this process.
 *
 * @param role what this process does: {@code all}, {@code api} or {@code worker}
 * @param maxRequests the maximum number of concurrent requests
 * @param maxJsonSize the maximum size of a JSON body
 */
@Validated
@ConfigurationProperties("descent")
record AccessProperties(
        @DefaultValue("all") String role,
        @DefaultValue("64") @Min(1) @Max(10_000) int maxRequests,
        @DefaultValue("16MB") DataSize maxJsonSize) {

    /** Whether it serves the API at all. */
    boolean answers() {
        return !role.equalsIgnoreCase("worker");
    }
}
