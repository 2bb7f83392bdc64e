package dev.descent.job.resource;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs run here.
 *
 * @param role what this process does
 * @param workers jobs that run at the same time
 * @param threads that a job may have; 0 means one for each core. Jobs that run at the same time share the cores,
 *     whatever they have
 * @param memory for all jobs together, outside the heap and on it; by default as much as the JVM may use for its heap
 * @param runningPerOwner the most jobs of one owner that run at the same time, in all processes together
 * @param validateLimit for how long a validation looks into the data
 * @param checkpointInterval the least time between two checkpoints of a job
 * @param heartbeat how often a worker says that it is alive
 * @param missedHeartbeats after so many a worker counts as dead
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
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("6") @Min(2) @Max(1000) int missedHeartbeats) {

    /** What a process does. */
    public enum Role {
        /** Answers requests and trains. */
        ALL,
        /** Answers requests; others on the same database train. */
        API,
        /** Trains; others on the same database answer requests. */
        WORKER
    }

    public boolean trains() {
        return role != Role.API;
    }

    /** For how long a claim holds without a sign of life. */
    public Duration lease() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }

    public int threadsOfAJob() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** What this process has for all of its jobs together. */
    public Resources resources() {
        return new Resources(memoryForJobs(), heapOfJobs(), threadsOfAJob());
    }

    /** The bytes that all jobs of this process may hold together, outside the heap and on it. */
    long memoryForJobs() {
        return memory == null ? Runtime.getRuntime().maxMemory() : memory.toBytes();
    }

    /**
     * The bytes of the heap for jobs, all that run together. A quarter is for requests, the last one for the embedded
     * database and everything else.
     */
    static long heapOfJobs() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** The bytes of the heap for tables that requests need, all together. */
    public static long heapOfTables() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
