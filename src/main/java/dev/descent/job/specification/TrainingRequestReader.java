package dev.descent.job.specification;

import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Naming;
import dev.descent.request.Quote;
import dev.descent.request.SpecReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parses a training request as far as that is possible without its dataset. */
final class TrainingRequestReader {

    static final int MAX_MODEL_NAME = 100;

    private final Violations violations;
    private final int mostThreads;

    /** @param mostThreads the maximum number of threads per job here */
    TrainingRequestReader(Violations violations, int mostThreads) {
        this.violations = violations;
        this.mostThreads = mostThreads;
    }

    /** The request as far as it can be parsed; whatever is wrong with the rest is reported as violations. */
    TrainingRequest read(JsonNode body) {
        TrainingRequest whole = read(body, violations);
        if (body.isObject()) {
            checkOwner(body);
            checkRequired(body);
            checkThreads(body.path("threads"));
            checkSplit(body.path("split"));
        }
        TrainingRequest request = whole == null ? readSoundPartOf(body) : whole;
        checkModel(request.model());
        checkNames(request);
        checkTogether(request);
        Metadata.check(request.metadata(), name -> Violation.pointerTo("#/metadata", name), violations);
        return request;
    }

    private static @Nullable TrainingRequest read(JsonNode body, Violations violations) {
        return new SpecReader(violations)
                .with(NetworkForm.class, TrainingRequestReader::network)
                .read(body, TrainingRequest.class, "#", TrainingRequest.DEFAULT, Set.of("threads", "owner"));
    }

    /** One invalid field must not hide what is wrong with the others. There may be thousands of unknown ones. */
    private static TrainingRequest readSoundPartOf(JsonNode body) {
        ObjectNode sound = JsonNodeFactory.instance.objectNode();
        for (String field : SpecReader.fields(TrainingRequest.class)) {
            ObjectNode alone = JsonNodeFactory.instance.objectNode();
            alone.set(field, body.path(field));
            if (body.has(field) && read(alone, new Violations()) != null) {
                sound.set(field, body.path(field));
            }
        }
        TrainingRequest request = read(sound, new Violations());
        return request == null ? TrainingRequest.DEFAULT : request;
    }

    private static @Nullable NetworkForm network(
            SpecReader reader, JsonNode node, String pointer, Violations violations) {
        if (!node.isObject()) {
            violations.add(
                    pointer, "network must be an object: {\"layers\": […]}, or {\"nodes\": […], \"output\": \"…\"}");
            return null;
        }
        // Uses a separate reader, because this one would recurse here.
        NetworkForm form = new SpecReader(violations).read(node, NetworkForm.class, pointer, NetworkForm.BLANK);
        if (form == null) {
            return null;
        }
        boolean list = form.layers() != null && form.nodes() == null && form.output() == null;
        boolean graph = form.layers() == null && form.nodes() != null && form.output() != null;
        if (!list && !graph) {
            violations.add(pointer, "network must have either layers, or nodes and output");
            return null;
        }
        return form;
    }

    /** Clients used to choose it. */
    private void checkOwner(JsonNode body) {
        if (body.has("owner")) {
            violations.add(
                    "#/owner",
                    "owner is no part of a request: a job belongs to the owner of the credential that it was submitted with");
        }
    }

    private void checkRequired(JsonNode body) {
        if (isAbsent(body.path("dataset"))) {
            violations.add("#/dataset", "dataset is required: the id of an uploaded dataset");
        }
    }

    private void checkThreads(JsonNode given) {
        boolean auto = given.isString() && given.asString().equals("auto");
        if (!isAbsent(given) && !auto && !isCountOfThreads(given)) {
            violations.add(
                    "#/threads",
                    "threads is %s; accepted: \"auto\" or a whole number from 1 to %d (descent.threads)"
                            .formatted(Quote.of(given), mostThreads));
        }
    }

    private boolean isCountOfThreads(JsonNode given) {
        return given.isIntegralNumber()
                && given.canConvertToInt()
                && given.asInt() >= 1
                && given.asInt() <= mostThreads;
    }

    /** The number of threads of the job; null if its first worker decides. */
    static @Nullable Integer threads(JsonNode body) {
        JsonNode given = body.path("threads");
        return given.isIntegralNumber() ? given.asInt() : null;
    }

    private void checkSplit(JsonNode split) {
        List<String> given = Stream.of("train", "validation", "test")
                .filter(part -> !isAbsent(split.path(part)))
                .toList();
        // A split by a column has none of them, nor do folds, as other messages say.
        if (isAbsent(split.path("column"))
                && isAbsent(split.path("folds"))
                && (given.size() == 1 || given.size() == 2)) {
            violations.add(
                    "#/split",
                    "split has %s alone; accepted: all of train, validation and test, or none of them"
                            .formatted(String.join(" and ", given)));
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** Settings that are valid individually but not together. */
    private void checkTogether(TrainingRequest request) {
        Hyperparameters hyperparameters = request.hyperparameters();
        if (hyperparameters.epochs() != null && hyperparameters.steps() != null) {
            violations.add("#/hyperparameters/steps", "epochs and steps are both given; accepted: one of them");
        }
        SplitSpec.Shares shares = request.split().shares();
        if (shares != null) {
            checkShares(shares);
        }
        SplitSpec.FoldsSpec folds = request.split().crossValidation();
        if (folds != null) {
            checkFolds(folds);
        }
        if (request.optimizer() instanceof OptimizerSpec.SgdSpec sgd && sgd.nesterov() && sgd.momentum() == 0) {
            violations.add(
                    "#/optimizer/nesterov", "nesterov is true with a momentum of 0; accepted: a momentum above 0");
        }
    }

    private void checkShares(SplitSpec.Shares shares) {
        if (shares.normalized().train() < SplitSpec.Shares.LEAST_TRAIN) {
            violations.add(
                    "#/split/train",
                    "train is %s of %s; accepted: at least a millionth of train, validation and test together"
                            .formatted(shares.train(), shares.sum()));
        }
    }

    private void checkFolds(SplitSpec.FoldsSpec spec) {
        if (spec.heldOut() > SplitSpec.FoldsSpec.MOST_HELD_OUT) {
            violations.add(
                    "#/split/repeats",
                    "folds is %d and repeats is %d, which makes %d trainings; accepted: up to %d"
                            .formatted(
                                    spec.folds(), spec.repeats(), spec.heldOut(), SplitSpec.FoldsSpec.MOST_HELD_OUT));
        }
        if (spec.group() != null && Boolean.TRUE.equals(spec.stratify())) {
            violations.add(
                    "#/split/stratify",
                    "stratify is true, and group has the rows of a group stay together; accepted: one of the two");
        }
    }

    private void checkModel(@Nullable String model) {
        if (model != null && !Naming.isIdentifier(model, MAX_MODEL_NAME)) {
            violations.add(
                    "#/model",
                    "model is %s; accepted: %s"
                            .formatted(Quote.text(model), Naming.IDENTIFIERS.formatted(MAX_MODEL_NAME)));
        }
    }

    private void checkNames(TrainingRequest request) {
        if (request.name() != null) {
            Naming.check(request.name(), "#/name", "name", violations);
        }
        NetworkForm network = request.network();
        if (network != null && network.nodes() != null) {
            for (int i = 0; i < network.nodes().size(); i++) {
                Naming.check(network.nodes().get(i).name(), "#/network/nodes/%d/name".formatted(i), "name", violations);
            }
        }
    }
}
