package dev.descent.job.resource;

import dev.descent.job.JobQueue;
import dev.descent.job.worker.Claim;

import java.util.Collection;

/**
 * What no running job of a process takes.
 *
 * @param memoryBytes outside the heap and on it
 * @param heapBytes of the heap alone
 */
public record Room(long memoryBytes, long heapBytes) {

    /** What running jobs leave of it. */
    public Room without(Collection<Claim> running) {
        return new Room(
                memoryBytes - running.stream().mapToLong(Claim::memoryBytes).sum(),
                heapBytes - running.stream().mapToLong(Claim::heapBytes).sum());
    }

    public boolean holds(JobQueue.Candidate job) {
        return job.memoryBytes() <= memoryBytes && job.heapBytes() <= heapBytes;
    }
}
