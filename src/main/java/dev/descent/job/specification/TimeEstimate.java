package dev.descent.job.specification;

import dev.descent.core.train.MachineSpeed;

/**
 * A rough guess at how long a job runs: its work, counted, times the time that a unit of each kind takes. The constants
 * were fitted to 20 measured jobs on a machine of {@link #REFERENCE_FLOPS}; on another machine all of them scale with
 * the time of its matrix products.
 */
public final class TimeEstimate {

    private static final double REFERENCE_FLOPS = 1e11;

    private static final double SECONDS_TO_BEGIN_AND_END = 0.28;
    private static final double SECONDS_PER_CELL = 84e-9;
    private static final double SECONDS_PER_EPOCH = 0.58e-3;
    private static final double SECONDS_PER_STEP = 3.2e-6;
    private static final double SECONDS_PER_ACTIVATION = 2.6e-9;
    private static final double SECONDS_PER_UPDATE = 1.7e-9;
    private static final double SECONDS_PER_OPERATION = 20e-12;

    private TimeEstimate() {}

    /** For this machine. */
    public static double seconds(ResolvedTraining training, int threads) {
        return seconds(training, threads, MachineSpeed.flops());
    }

    /**
     * Two operations per parameter and row forward, four backward; validation rows go forward only. In addition, a
     * constant per cell that is read, per epoch, per step, per output of a layer and per updated parameter.
     *
     * @param flops floating-point operations per second of one thread, in small matrix products
     */
    static double seconds(ResolvedTraining training, int threads, double flops) {
        Specification specification = training.specification();
        int trainRows = training.trainRows();
        int validationRows = training.parts().validation();
        double rows = (double) trainRows + validationRows + training.parts().test();
        double cells = rows * specification.columns().size();
        double steps = specification.hyperparameters().totalSteps(trainRows);
        double epochs = steps / specification.hyperparameters().stepsOfAnEpoch(trainRows);
        double parameters = training.wiring().parameterCount();
        double width = training.wiring().widthOfAllNodes();
        double products =
                epochs * parameters * (6.0 * trainRows + 2 * validationRows) * SECONDS_PER_OPERATION / threads;
        double activations = epochs * width * (trainRows + validationRows / 3.0) * SECONDS_PER_ACTIVATION;
        double updates = steps * (SECONDS_PER_STEP + parameters * SECONDS_PER_UPDATE);
        double rest = cells * SECONDS_PER_CELL + epochs * SECONDS_PER_EPOCH;
        double fits = specification.split().fits() * (products + activations + updates + rest);
        return (SECONDS_TO_BEGIN_AND_END + fits) * REFERENCE_FLOPS / flops;
    }
}
