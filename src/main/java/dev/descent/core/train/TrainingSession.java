package dev.descent.core.train;

import dev.descent.core.train.evaluate.NamedWeights;
import java.util.List;

/**
 * One training of one network, and the memory that it takes. It belongs to one thread.
 *
 * <p>The same plan, examples and number of threads on the same machine give the same weights, to the bit, whether
 * training was interrupted or not.
 */
public interface TrainingSession extends AutoCloseable {

    TrainingPlan plan();

    /** Goes on from where another session of the same plan, examples and adjustments stood after a batch. */
    void resume(TrainingState state);

    /**
     * Changes what is still to come, from the next batch on.
     *
     * @return what has become of it: the same at the same step of another session gives the same training
     */
    Adjustment adjust(Adjustment adjustment);

    /** Optimizer steps done. */
    long steps();

    /** Where training stands after the last batch. The matrices are the session's own: read them before it goes on. */
    TrainingState state();

    /**
     * Trains until all epochs or steps are done, a rule or the listener says stop, or the loss is no longer finite.
     * Called again after an adjustment, it goes on if there is more to do by then.
     */
    TrainingOutcome fit(TrainingListener listener);

    /** The parameters by name with the values of the best epoch; their memory is the session's. */
    List<NamedWeights> bestWeights();

    @Override
    void close();
}
