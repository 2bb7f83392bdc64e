package dev.descent.job.checkpoint;

import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.format.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** The weights in a checkpoint, as a file that other tools can read. */
public final class CheckpointWeights {

    private CheckpointWeights() {}

    /**
     * Writes the parameters of the best epoch so far, as safetensors: the model that would result if training had ended there.
     *
     * @throws IllegalStateException if no epoch had ended, or the checkpoint is from a version that did not name its
     *     parameters
     */
    public static void write(Checkpoint checkpoint, OutputStream target) throws IOException {
        try (Safetensors.Content content = Safetensors.read(checkpoint.state())) {
            TrainingState state = TrainingStates.read(content);
            if (state.bestEpoch() == 0) {
                throw new IllegalStateException("The checkpoint was written before the end of the first epoch,"
                        + " so it has no best weights yet");
            }
            List<NamedWeights> weights = TrainingStates.bestWeights(content);
            if (weights.isEmpty()) {
                throw new IllegalStateException("The checkpoint was written without the names of its parameters");
            }
            Safetensors.write(
                    weights,
                    Map.of(
                            "epoch", Integer.toString(state.bestEpoch()),
                            "loss", Double.toString(state.bestLoss())),
                    target);
        }
    }
}
