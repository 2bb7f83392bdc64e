package dev.descent.job;

import dev.descent.core.train.MemoryEstimate;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * What a job takes of a worker.
 *
 * @param memoryBytes outside the heap and on it
 * @param heapBytes the part of them on the heap
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
