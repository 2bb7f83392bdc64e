package dev.descent.job.resource;

/**
 * What a process that trains has for jobs.
 *
 * @param memoryBytes outside the heap and on it
 * @param heapBytes the part of them on the heap
 * @param threads that a job gets
 */
public record Resources(long memoryBytes, long heapBytes, int threads) {

    /** The largest checkpoint: PostgreSQL takes a value of 1 GiB at most, together with what else is in its row. */
    public static final long MAX_CHECKPOINT_BYTES = 1_000_000_000;

    /** Whether a job fits that takes so much. */
    public boolean holds(long memory, long heap) {
        return memory <= memoryBytes && heap <= heapBytes;
    }

    /** What a job that takes so much leaves of it. */
    public Resources minus(long memory, long heap) {
        return new Resources(memoryBytes - memory, heapBytes - heap, threads);
    }
}
