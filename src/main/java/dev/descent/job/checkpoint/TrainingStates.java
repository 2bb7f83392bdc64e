package dev.descent.job.checkpoint;

import dev.descent.core.math.Matrix;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.format.Safetensors;
import dev.descent.store.StoredFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Training states as bytes and back. */
public final class TrainingStates {

    /** Of the bytes. */
    static final StoredFormat FORMAT = new StoredFormat("checkpoint", 1);

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
                        "best_loss", Double.toString(state.bestLoss()),
                        "examples", Integer.toString(state.partialEpoch().examples()),
                        "score", join(state.partialEpoch().score()),
                        "gradient_norm", Double.toString(state.partialEpoch().gradientNorm()),
                        "schedule", join(state.memory().schedule()),
                        "patience", join(state.memory().patience()),
                        "seconds", Double.toString(state.memory().seconds())));
    }

    /**
     * @param content stays the owner of the matrices
     * @throws IllegalArgumentException where it is no training state
     */
    public static TrainingState read(Safetensors.Content content) {
        Map<String, Matrix> matrices = content.matrices();
        List<Matrix> moments = new ArrayList<>();
        for (int i = 0; matrices.containsKey("moment." + i); i++) {
            moments.add(matrices.get("moment." + i));
        }
        return new TrainingState(
                Integer.parseInt(text(content, "epoch")),
                Long.parseLong(text(content, "step")),
                matrix(matrices, "weights"),
                moments,
                Integer.parseInt(text(content, "best_epoch")),
                Double.parseDouble(text(content, "best_loss")),
                matrix(matrices, "best_weights"),
                new TrainingState.PartialEpoch(
                        Integer.parseInt(text(content, "examples")),
                        split(text(content, "score")),
                        Double.parseDouble(text(content, "gradient_norm"))),
                new TrainingState.Memory(
                        split(text(content, "schedule")),
                        split(text(content, "patience")),
                        Double.parseDouble(text(content, "seconds"))));
    }

    private static Matrix matrix(Map<String, Matrix> matrices, String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new IllegalArgumentException("No training state: it has no \"%s\"".formatted(name));
        }
        return matrix;
    }

    private static String text(Safetensors.Content content, String name) {
        String text = content.metadata().get(name);
        if (text == null) {
            throw new IllegalArgumentException("No training state: it has no \"%s\"".formatted(name));
        }
        return text;
    }

    /** Java writes a double so that it reads the same one back. */
    private static String join(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private static double[] split(String joined) {
        return Arrays.stream(joined.split(" "))
                .filter(number -> !number.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
