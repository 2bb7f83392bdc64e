package dev.descent.job.history;

import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.diagnose.FitDiagnosis;
import dev.descent.job.history.Diagnosis.Suggestion;
import dev.descent.job.specification.Specification;
import dev.descent.request.SpecWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to try after a verdict: first, the smallest change that is likely to help. */
public final class Suggestions {

    private static final int MAX_UNITS = 1_024;
    private static final double DROPOUT = 0.5;

    /** For optimizers that divide by the gradients' magnitude, which weakens a penalty as well. */
    private static final double ADAPTIVE_L2 = 0.3;

    private static final double L2 = 0.03;
    private static final double MAX_L2 = 1_000;
    private static final int PATIENCE = 10;

    private final Specification specification;
    private final List<Suggestion> list = new ArrayList<>();

    private Suggestions(Specification specification) {
        this.specification = specification;
    }

    public static List<Suggestion> of(FitDiagnosis diagnosis, Specification specification) {
        Suggestions suggestions = new Suggestions(specification);
        switch (diagnosis.verdict()) {
            case UNDERFITTING -> suggestions.learnMore();
            case OVERFITTING -> suggestions.learnLess();
            case DIVERGING -> suggestions.learnMoreCalmly();
            case GOOD_FIT, TOO_EARLY -> {
                // A good fit needs no change, and an unknown one cannot be fixed.
            }
        }
        boolean stillFalling = diagnosis.evidence().stream()
                .anyMatch(evidence -> evidence.rule().equals("still_falling"));
        if (stillFalling && diagnosis.verdict() == FitDiagnosis.Verdict.GOOD_FIT) {
            suggestions.trainLonger();
        }
        return suggestions.list;
    }

    private void add(String detail, Map<String, ?> patch) {
        list.add(new Suggestion(detail, SpecWriter.write(patch)));
    }

    private void learnMore() {
        List<LayerSpec> layers = specification.network().layers();
        if (layers != null) {
            add(
                    "A larger network can bend more: wider layers, and one more of them",
                    Map.of("network", Map.of("layers", enlarged(layers))));
        }
        trainLonger();
        Hyperparameters hyperparameters = specification.hyperparameters();
        if (hyperparameters.l1() > 0 || hyperparameters.l2() > 0) {
            add("Penalties hold the weights back", Map.of("hyperparameters", Map.of("l1", 0.0, "l2", 0.0)));
        }
        if (layers != null && layers.stream().anyMatch(LayerSpec.DropoutSpec.class::isInstance)) {
            add(
                    "Dropout holds the network back",
                    Map.of(
                            "network",
                            Map.of(
                                    "layers",
                                    layers.stream()
                                            .filter(layer -> !(layer instanceof LayerSpec.DropoutSpec))
                                            .toList())));
        }
    }

    private void trainLonger() {
        Hyperparameters hyperparameters = specification.hyperparameters();
        if (hyperparameters.epochs() != null && hyperparameters.epochs() < Hyperparameters.MAX_EPOCHS) {
            int more = Math.min(Hyperparameters.MAX_EPOCHS, 2 * hyperparameters.epochs());
            add("The loss may fall further: twice the epochs", Map.of("hyperparameters", Map.of("epochs", more)));
        } else if (hyperparameters.steps() != null) {
            add(
                    "The loss may fall further: twice the steps",
                    Map.of("hyperparameters", Map.of("steps", 2 * hyperparameters.steps())));
        }
    }

    private static List<LayerSpec> enlarged(List<LayerSpec> layers) {
        List<LayerSpec> enlarged = new ArrayList<>();
        for (LayerSpec layer : layers) {
            enlarged.add(
                    layer instanceof LayerSpec.DenseSpec dense
                            ? withUnits(dense, Math.max(64, Math.min(MAX_UNITS, 2 * dense.units())))
                            : layer);
        }
        boolean bends = layers.stream()
                .anyMatch(layer -> !(layer instanceof LayerSpec.DenseSpec || layer instanceof LayerSpec.DropoutSpec));
        if (!bends && !enlarged.isEmpty()) {
            enlarged.add(new LayerSpec.ReluSpec());
        }
        enlarged.add(new LayerSpec.DenseSpec(64));
        enlarged.add(new LayerSpec.ReluSpec());
        return enlarged;
    }

    private static LayerSpec withUnits(LayerSpec.DenseSpec dense, int units) {
        return new LayerSpec.DenseSpec(units, dense.bias(), dense.initializer());
    }

    private void learnLess() {
        Hyperparameters hyperparameters = specification.hyperparameters();
        double first = specification.optimizer() instanceof OptimizerSpec.SgdSpec ? L2 : ADAPTIVE_L2;
        double l2 = hyperparameters.l2() > 0 ? Math.min(MAX_L2, 3 * hyperparameters.l2()) : first;
        add("A penalty keeps the weights small", Map.of("hyperparameters", Map.of("l2", l2)));
        List<LayerSpec> layers = specification.network().layers();
        if (layers != null && layers.stream().noneMatch(LayerSpec.DropoutSpec.class::isInstance) && !layers.isEmpty()) {
            add(
                    "Dropout keeps units from leaning on each other",
                    Map.of("network", Map.of("layers", withDropout(layers))));
        }
        if (hyperparameters.earlyStopping() == null) {
            add(
                    "The weights of the best epoch are the result in any case; stopping early saves the time after it",
                    Map.of("hyperparameters", Map.of("early_stopping", Map.of("patience", PATIENCE))));
        }
    }

    private static List<LayerSpec> withDropout(List<LayerSpec> layers) {
        List<LayerSpec> dropping = new ArrayList<>();
        for (LayerSpec layer : layers) {
            dropping.add(layer);
            if (!(layer instanceof LayerSpec.DenseSpec) && !(layer instanceof LayerSpec.EmbeddingSpec)) {
                dropping.add(new LayerSpec.DropoutSpec(DROPOUT));
            }
        }
        return dropping;
    }

    private void learnMoreCalmly() {
        double calmer = Math.max(1e-10, specification.optimizer().learningRate() / 10);
        add("Smaller steps don't overshoot", Map.of("optimizer", Map.of("learning_rate", calmer)));
        if (specification.hyperparameters().gradientClipNorm() == null) {
            add(
                    "Clipped gradients can't throw the weights far",
                    Map.of("hyperparameters", Map.of("gradient_clip_norm", 1.0)));
        }
    }
}
