package dev.descent.job.worker;

/** A worker wrote for a job that is no longer its own; nothing was stored. */
final class StaleClaimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleClaimException(Claim claim) {
        super("Attempt %d at job %s is over".formatted(claim.attempt(), claim.jobId()));
    }
}
