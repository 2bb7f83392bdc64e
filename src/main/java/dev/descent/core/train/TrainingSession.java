package dev.descent.core.train;

import dev.descent.core.train.evaluate.NamedWeights;
import java.util.List;

/**
 * One training of one network, and the memory it needs. Confined to one thread.
 *
 * <p>The same plan, examples and number of threads on the same machine give bit-identical weights, whether training was
 * interrupted or not.
 */
public interface TrainingSession extends AutoCloseable {

    TrainingPlan plan();

    /** Continues where another session with the same plan, examples and adjustments stood after a batch. */
    void resume(TrainingState state);

    /**
     * Changes the rest of the training, starting with the next batch.
     *
     * @return the effective adjustment: applied at the same step of another session, it gives the same training
     */
    Adjustment adjust(Adjustment adjustment);

    /** The number of optimizer steps taken. */
    long steps();

    /** The number of optimizer steps of the whole training, unless it ends early. */
    long totalSteps();

    /** The state after the last batch. The session owns the matrices: read them before training continues. */
    TrainingState state();

    /**
     * Trains until all epochs or steps are done, a rule or the listener stops it, or the loss is no longer finite.
     * Called again after an adjustment, it continues if there is now more to do.
     */
    TrainingOutcome fit(TrainingListener listener);

    /** The parameters of the best epoch by name; the session owns their memory. */
    List<NamedWeights> bestWeights();

    @Override
    void close();
}
