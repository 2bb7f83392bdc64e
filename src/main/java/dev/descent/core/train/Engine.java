package dev.descent.core.train;

import dev.descent.core.train.examples.ExampleSource;
import org.jspecify.annotations.Nullable;

/** Executes trainings. Callers ask for an engine and never see which implementation computes. */
@FunctionalInterface
public interface Engine {

    /** Mini-batch gradient descent on threads of this process. */
    static Engine local() {
        return Trainer::new;
    }

    /**
     * Sets up a training without starting it: its weights are the initial ones.
     *
     * @param train owned by the caller, who closes it after the session
     * @param validation the part that selects the best epoch; without one, the training loss decides
     */
    TrainingSession start(TrainingPlan plan, ExampleSource train, @Nullable ExampleSource validation);
}
