package dev.descent.job.worker;

/** A worker tried to write to a job that it no longer holds; nothing was stored. */
final class StaleClaimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleClaimException(Claim claim) {
        super("Attempt %d at job %s is over".formatted(claim.attempt(), claim.jobId()));
    }
}
