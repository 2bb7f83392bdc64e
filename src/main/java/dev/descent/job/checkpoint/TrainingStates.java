package dev.descent.job.checkpoint;

import static java.util.Map.entry;

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

/** Converts training states to bytes and back. */
public final class TrainingStates {

    /**
     * The format of the bytes. Still 1, although {@link #PARTS} came later: resuming reads nothing of it and matches
     * every other entry by its key, so earlier versions resume from today's states as from their own, and a state
     * without parts resumes here.
     */
    static final StoredFormat FORMAT = new StoredFormat("checkpoint", 1);

    private static final String BEST_WEIGHTS = "best_weights";

    /** The metadata key for the parts of a network's values: one line each, with rows, columns and name. */
    private static final String PARTS = "parts";

    private TrainingStates() {}

    /** A state whose parts have no names: training can resume from it, but its weights cannot be exported. */
    static byte[] write(TrainingState state) {
        return write(state, List.of());
    }

    /** @param parts of all values of the network, in order */
    static byte[] write(TrainingState state, List<NamedWeights> parts) {
        List<NamedWeights> matrices = new ArrayList<>();
        matrices.add(new NamedWeights("weights", state.weights()));
        matrices.add(new NamedWeights(BEST_WEIGHTS, state.bestWeights()));
        for (int i = 0; i < state.moments().size(); i++) {
            matrices.add(new NamedWeights("moment." + i, state.moments().get(i)));
        }
        return Safetensors.write(
                matrices,
                Map.ofEntries(
                        entry("epoch", Integer.toString(state.epoch())),
                        entry("step", Long.toString(state.step())),
                        entry("best_epoch", Integer.toString(state.bestEpoch())),
                        entry("best_loss", Double.toString(state.bestLoss())),
                        entry("examples", Integer.toString(state.partialEpoch().examples())),
                        entry("score", join(state.partialEpoch().score())),
                        entry(
                                "gradient_norm",
                                Double.toString(state.partialEpoch().gradientNorm())),
                        entry("schedule", join(state.memory().schedule())),
                        entry("patience", join(state.memory().patience())),
                        entry("seconds", Double.toString(state.memory().seconds())),
                        entry(
                                PARTS,
                                parts.stream().map(TrainingStates::describe).collect(Collectors.joining("\n")))));
    }

    private static String describe(NamedWeights part) {
        return "%d %d %s".formatted(part.values().rows(), part.values().columns(), part.name());
    }

    /**
     * The parameters of the best epoch by name.
     *
     * @param content still owns the matrices
     * @return empty if the state was written without names
     */
    static List<NamedWeights> bestWeights(Safetensors.Content content) {
        Matrix all = matrix(content.matrices(), BEST_WEIGHTS);
        List<NamedWeights> parts = new ArrayList<>();
        int start = 0;
        for (String line : content.metadata().getOrDefault(PARTS, "").lines().toList()) {
            String[] words = line.split(" ", 3);
            Matrix part = all.slice(start, Integer.parseInt(words[0]), Integer.parseInt(words[1]));
            parts.add(new NamedWeights(words[2], part));
            start += part.size();
        }
        return parts;
    }

    /**
     * @param content still owns the matrices
     * @throws IllegalArgumentException if it is not a training state
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
                matrix(matrices, BEST_WEIGHTS),
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

    /** Java's decimal form of a double parses back to the same double. */
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
