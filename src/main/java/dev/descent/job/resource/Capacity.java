package dev.descent.job.resource;

import dev.descent.core.train.MemoryEstimate;

/**
 * What a process that trains has for a job.
 *
 * @param memoryBytes for all its jobs together, outside the heap and on it
 * @param heapBytes that one job may take of its heap
 * @param threads that a job gets
 */
public record Capacity(long memoryBytes, long heapBytes, int threads) {

    /** Whether a job fits that runs alone. */
    public boolean holds(MemoryEstimate needed) {
        return needed.bytes() <= memoryBytes && needed.heapBytes() <= heapBytes;
    }
}
