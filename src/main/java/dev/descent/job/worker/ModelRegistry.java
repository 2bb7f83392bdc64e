package dev.descent.job.worker;

/** Where the results of jobs go. */
public interface ModelRegistry {

    /**
     * Stores a result as the newest version of its model, in the transaction that ends the job. That transaction fails
     * where another one makes the model at the same moment, and has to be tried again.
     *
     * @return the number of the version
     */
    int publish(TrainedResult result);
}
