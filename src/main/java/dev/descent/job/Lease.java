package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/**
 * A worker's hold on a job.
 *
 * @param owner the worker
 * @param until when the job counts as lost, unless the worker sends a heartbeat before
 */
@Embeddable
record Lease(
        @Column(name = "lease_owner") String owner,
        @Column(name = "lease_until") Instant until) {}
