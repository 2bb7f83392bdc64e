package dev.descent.job.worker;

/** Receives the results of jobs. */
public interface ModelRegistry {

    /**
     * Stores a result as the newest version of its model, in the transaction that ends the job. That transaction fails
     * if another one creates the model at the same time, and must be retried.
     *
     * @param owner whose model it is
     * @return the version number
     */
    int publish(String owner, TrainedResult result);
}
