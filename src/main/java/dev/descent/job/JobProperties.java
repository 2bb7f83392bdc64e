package dev.descent.job;

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
 * @param workers jobs that run at the same time; with 0 this process answers requests only, and others on the same database train
 * @param threads that a job may have; 0 means one for each core. Jobs that run at the same time share the cores, whatever they have
 * @param memory for all jobs together, outside the heap and on it; by default as much as the JVM may use for its heap
 * @param checkpointInterval the least time between two checkpoints of a job
 * @param lease after which time a worker that gives no sign of life counts as dead
 */
@Validated
@ConfigurationProperties("descent")
record JobProperties(
        @DefaultValue("1") @Min(0) @Max(64) int workers,
        @DefaultValue("0") @Min(0) @Max(1024) int threads,
        @Nullable DataSize memory,
        @DefaultValue("10s") Duration checkpointInterval,
        @DefaultValue("15s") Duration lease) {

    /** Whether this process trains at all. */
    boolean trains() {
        return workers > 0;
    }

    int threadsOfAJob() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** The bytes that all jobs of this process may hold together, outside the heap and on it. */
    long memoryBudget() {
        return memory == null ? Runtime.getRuntime().maxMemory() : memory.toBytes();
    }

    long memoryOfAJob() {
        return memoryBudget() / sharers();
    }

    /** The bytes of the heap that a job may need: the other half is for requests, other jobs, and the garbage collector to work in. */
    static long heapOfAJob() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** A process that trains nothing takes the ones that do for machines like its own, with one worker each. */
    private int sharers() {
        return Math.max(1, workers);
    }
}
