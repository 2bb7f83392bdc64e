package dev.descent.job;

import java.util.Collection;

/**
 * What no running job of a process takes.
 *
 * @param memoryBytes outside the heap and on it
 * @param heapBytes of the heap alone
 */
record Room(long memoryBytes, long heapBytes) {

    /** What running jobs leave of it. */
    Room without(Collection<Claim> running) {
        return new Room(
                memoryBytes - running.stream().mapToLong(Claim::memoryBytes).sum(),
                heapBytes - running.stream().mapToLong(Claim::heapBytes).sum());
    }

    boolean holds(JobQueue.Candidate job) {
        return job.memoryBytes() <= memoryBytes && job.heapBytes() <= heapBytes;
    }
}
