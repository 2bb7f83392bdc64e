package dev.descent.core.train;

import dev.descent.core.train.examples.Examples;
import org.jspecify.annotations.Nullable;

/** Where training is carried out. Whoever trains asks for an engine, and never learns which one computes. */
@FunctionalInterface
public interface Engine {

    /** Mini-batch gradient descent on threads of this process. */
    static Engine local() {
        return Trainer::new;
    }

    /**
     * Sets up a training that has not begun yet: its weights are those from which it starts.
     *
     * @param train the caller's, and the caller's to close after the session
     * @param validation the part by which the best epoch is chosen; without one, the training loss decides
     */
    TrainingSession start(TrainingPlan plan, Examples train, @Nullable Examples validation);
}
