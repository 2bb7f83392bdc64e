package dev.descent.access.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much each owner may have and do, administrators excepted; 0 means without limit.
 *
 * @param storage bytes of datasets, models and checkpoints together
 * @param queuedJobs jobs that wait, in the queue or paused
 * @param work of one job: epochs × rows of its dataset
 * @param requestsPerMinute to one process
 * @param streams that one process serves at the same time: requests that wait for a change
 */
@Validated
@ConfigurationProperties("descent.quota")
record QuotaProperties(
        @DefaultValue("100GB") DataSize storage,
        @DefaultValue("1000") @Min(0) @Max(1_000_000) int queuedJobs,
        @DefaultValue("100000000000") @Min(0) long work,
        @DefaultValue("6000") @Min(0) @Max(1_000_000) int requestsPerMinute,
        @DefaultValue("100") @Min(0) @Max(1_000_000) int streams) {}
