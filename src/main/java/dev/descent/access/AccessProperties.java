package dev.descent.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
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
 * @param clientPatience the longest pause in which a client neither sends nor takes a byte
 * @param leastRate the bytes a second that a client has to send or take on average
 */
@Validated
@ConfigurationProperties("descent")
record AccessProperties(
        @DefaultValue("all") String role,
        @DefaultValue("64") @Min(1) @Max(10_000) int maxRequests,
        @DefaultValue("16MB") DataSize maxJsonSize,

        @DefaultValue("30s") @DurationMin(millis = 100) Duration clientPatience,

        @DefaultValue("1KB") DataSize leastRate) {

    /** The maximum number of concurrent uploads, apart from other requests. */
    int maxUploads() {
        return Math.max(1, maxRequests / 2);
    }

    /** Whether it serves the API at all. */
    boolean answers() {
        return !role.equalsIgnoreCase("worker");
    }
}
