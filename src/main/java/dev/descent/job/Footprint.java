package dev.descent.job;

import dev.descent.core.train.MemoryEstimate;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * The resources that a job takes from a worker.
 *
 * @param memoryBytes on and off the heap
 * @param heapBytes the part on the heap
 */
@Embeddable
public record Footprint(
        @Column(name = "parameter_count") long parameterCount,
        @Column(name = "memory_bytes") long memoryBytes,
        @Column(name = "heap_bytes") long heapBytes) {

    Footprint withParameters(long count) {
        return new Footprint(count, memoryBytes, heapBytes);
    }

    static Footprint of(long parameterCount, MemoryEstimate memory) {
        return new Footprint(parameterCount, memory.bytes(), memory.heapBytes());
    }
}
