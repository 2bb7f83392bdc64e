package dev.descent.job;

import dev.descent.core.nn.Matrix;
import dev.descent.core.train.NamedWeights;
import dev.descent.core.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Training states as bytes and back. */
final class TrainingStates {

    private TrainingStates() {}

    static byte[] write(TrainingState state) {
        List<NamedWeights> matrices = new ArrayList<>();
        matrices.add(new NamedWeights("weights", state.weights()));
        matrices.add(new NamedWeights("best_weights", state.bestWeights()));
        for (int i = 0; i < state.moments().size(); i++) {
            matrices.add(new NamedWeights("moment." + i, state.moments().get(i)));
        }
        return Safetensors.write(
                matrices,
                Map.of(
                        "epoch", Integer.toString(state.epoch()),
                        "step", Long.toString(state.step()),
                        "best_epoch", Integer.toString(state.bestEpoch()),
                        "best_loss", Double.toString(state.bestLoss())));
    }

    /**
     * @param content stays the owner of the matrices
     * @throws IllegalArgumentException where it is no training state
     */
    static TrainingState read(Safetensors.Content content) {
        Map<String, Matrix> matrices = content.matrices();
        List<Matrix> moments = new ArrayList<>();
        for (int i = 0; matrices.containsKey("moment." + i); i++) {
            moments.add(matrices.get("moment." + i));
        }
        return new TrainingState(
                Integer.parseInt(content.metadata().get("epoch")),
                Long.parseLong(content.metadata().get("step")),
                matrix(matrices, "weights"),
                moments,
                Integer.parseInt(content.metadata().get("best_epoch")),
                Double.parseDouble(content.metadata().getOrDefault("best_loss", "none")),
                matrix(matrices, "best_weights"));
    }

    private static Matrix matrix(Map<String, Matrix> matrices, String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new IllegalArgumentException("No training state: it has no \"%s\"".formatted(name));
        }
        return matrix;
    }
}
