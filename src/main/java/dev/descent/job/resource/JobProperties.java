package dev.descent.job.resource;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs run in this process.
 *
 * @param role what this process does
 * @param workers the number of concurrent jobs
 * @param threads per job; 0 means one per core. Concurrent jobs share the cores, whatever their number of threads
 * @param memory for all jobs together, on and off the heap; by default the JVM's maximum heap size
 * @param runningPerOwner the maximum number of concurrent jobs per owner, across all processes
 * @param validateLimit how long a validation may look into the data
 * @param checkpointInterval the minimum time between two checkpoints of a job
 * @param heartbeat the interval of a worker's heartbeats
 * @param missedHeartbeats the number after which a worker counts as dead
 */
@Validated
@ConfigurationProperties("descent")
public record JobProperties(
        @DefaultValue("all") Role role,
        @DefaultValue("1") @Min(1) @Max(64) int workers,
        @DefaultValue("0") @Min(0) @Max(1024) int threads,
        @Nullable DataSize memory,
        @DefaultValue("64") @Min(1) @Max(10_000) int runningPerOwner,
        @DefaultValue("10s") Duration validateLimit,
        @DefaultValue("10s") Duration checkpointInterval,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration heartbeat,
        @DefaultValue("6") @Min(2) @Max(1000) int missedHeartbeats) {

    public enum Role {
        /** Serves requests and trains. */
        ALL,
        /** Serves requests; other processes on the same database train. */
        API,
        /** Trains; other processes on the same database serve requests. */
        WORKER
    }

    public boolean trains() {
        return role != Role.API;
    }

    /** How long a claim is valid without a heartbeat. */
    public Duration lease() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }

    public int threadsOfAJob() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** The resources of this process for all its jobs together. */
    public Resources resources() {
        return new Resources(memoryForJobs(), heapOfJobs(), threadsOfAJob());
    }

    /** The bytes that all jobs of this process may use together, on and off the heap. */
    long memoryForJobs() {
        return memory == null ? Runtime.getRuntime().maxMemory() : memory.toBytes();
    }

    /**
     * The heap for all concurrent jobs together, in bytes: half of it. A quarter is for requests, and a quarter for the
     * embedded database and everything else.
     */
    static long heapOfJobs() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** The heap for all tables that requests need at the same time, in bytes. */
    public static long heapOfTables() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
