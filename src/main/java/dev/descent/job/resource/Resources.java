package dev.descent.job.resource;

/**
 * The resources of a training process for jobs.
 *
 * @param memoryBytes on and off the heap
 * @param heapBytes the part on the heap
 * @param threads per job
 */
public record Resources(long memoryBytes, long heapBytes, int threads) {

    /** The maximum size of a checkpoint: PostgreSQL limits a value, together with the rest of its row, to 1 GiB. */
    public static final long MAX_CHECKPOINT_BYTES = 1_000_000_000;

    /** Whether a job of this size fits. */
    public boolean holds(long memory, long heap) {
        return memory <= memoryBytes && heap <= heapBytes;
    }

    /** What remains after a job of this size. */
    public Resources minus(long memory, long heap) {
        return new Resources(memoryBytes - memory, heapBytes - heap, threads);
    }
}
