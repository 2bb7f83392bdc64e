package dev.descent.job.specification;

/** A rough estimate of how long training takes. */
public final class TimeEstimate {

    /** For the matrix products of small layers, per thread; a good processor is several times faster on large ones. */
    private static final double FLOPS = 1e11;

    private static final double SECONDS_PER_STEP = 10e-6;
    private static final double SECONDS_PER_ACTIVATION = 1e-9;
    private static final double SECONDS_PER_UPDATE = 0.5e-9;

    private TimeEstimate() {}

    /**
     * Two operations per parameter and row forward, four backward, plus a constant per step, per output and per update.
     */
    public static double seconds(ResolvedTraining training, int threads) {
        Specification specification = training.specification();
        int trainRows = training.trainRows();
        double rows = trainRows;
        double steps = specification.hyperparameters().totalSteps(trainRows);
        double epochs = steps / specification.hyperparameters().stepsOfAnEpoch(trainRows);
        double parameters = training.wiring().parameterCount();
        double products = 6 * parameters * rows * epochs / (FLOPS * threads);
        double activations = rows * epochs * training.wiring().widthOfAllNodes() * SECONDS_PER_ACTIVATION;
        double updates = steps * (SECONDS_PER_STEP + parameters * SECONDS_PER_UPDATE);
        return products + activations + updates;
    }
}
