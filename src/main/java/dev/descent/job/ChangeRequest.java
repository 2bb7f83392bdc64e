package dev.descent.job;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Adjustment;
import dev.descent.core.train.Hyperparameters;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client's change to a live job; null leaves a setting unchanged. */
record ChangeRequest(
        @Name("learning_rate")
        @Nullable
        @Bounds(min = OptimizerSpec.MIN_LEARNING_RATE, max = OptimizerSpec.MAX_LEARNING_RATE)
        Double learningRate,

        @Name("epochs") @Nullable @Bounds(min = 1, max = Hyperparameters.MAX_EPOCHS)
        Integer epochs,

        @Name("early_stopping") @Nullable Stopping earlyStopping) {

    static final ChangeRequest NOTHING = new ChangeRequest(null, null, null);

    /** @param patience in epochs */
    record Stopping(
            @Name("patience") @Nullable @Bounds(min = 1, max = Hyperparameters.MAX_EPOCHS)
            Integer patience) {}

    Adjustment adjustment() {
        return new Adjustment(learningRate, epochs, earlyStopping == null ? null : earlyStopping.patience());
    }

    /** @throws ProblemException 422 with every violation found */
    static Adjustment read(JsonNode body) {
        Violations violations = new Violations();
        ChangeRequest request = new SpecReader(violations).read(body, ChangeRequest.class, "#", NOTHING);
        violations.throwIfAny();
        Adjustment adjustment = Objects.requireNonNull(request).adjustment();
        if (adjustment.equals(NOTHING.adjustment())) {
            throw ProblemException.invalid(
                    "#", "Nothing is changed; accepted: learning_rate, epochs and early_stopping.patience");
        }
        return adjustment;
    }
}
