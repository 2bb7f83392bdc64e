package dev.descent.job.specification;

import dev.descent.core.Excerpt;
import dev.descent.core.Names;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.nn.InvalidNetworkException;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.DataWarnings;
import dev.descent.core.train.examples.Task;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.Datasets;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.WorkerResources;
import dev.descent.principal.Principal;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.Naming;
import dev.descent.request.Quote;
import dev.descent.request.StoredJson;
import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Fills in the defaults of a request and checks whether it can be carried out, before anything large is allocated. */
@Component
public class SpecificationResolver {

    /** A numeric target with at most this many distinct integers may well be a class. */
    private static final int FEW_VALUES = 20;

    /** Of a name, in a model's name: some 10,000 names have to differ in nothing else before two of them collide. */
    private static final int DIGEST_LENGTH = 8;

    private final Datasets datasets;
    private final WorkerResources workers;
    private final JobProperties properties;
    private final StoredJson json;

    SpecificationResolver(Datasets datasets, WorkerResources workers, JobProperties properties, StoredJson json) {
        this.datasets = datasets;
        this.workers = workers;
        this.properties = properties;
        this.json = json;
    }

    /**
     * Resolves a request from the profile of its dataset, without reading the data.
     *
     * @param principal who sees the dataset
     * @throws ProblemException 422 with every violation found
     */
    public ResolvedTraining resolve(Principal principal, JsonNode body) {
        Violations violations = new Violations();
        TrainingRequestReader reader = new TrainingRequestReader(violations, properties.threadsOfAJob());
        TrainingRequest request = reader.read(body);
        DatasetInfo dataset = dataset(principal, request.dataset(), violations);
        if (dataset == null) {
            violations.throwIfAny();
            throw new IllegalStateException("A request without a fault is complete");
        }
        checkColumns(request, dataset, violations);
        violations.throwIfAny();
        checkInferredTask(request, dataset, violations);
        Specification specification = fillIn(request, dataset, TrainingRequestReader.threads(body));
        json.checkReadable(specification, violations);
        checkTask(specification, dataset, violations);
        new PreprocessingRules(specification, dataset, violations).check();
        violations.addAll(MemoryAdmission.ofTable(specification, dataset));
        violations.addAll(MemoryAdmission.ofSampling(specification));
        violations.addAll(MemoryAdmission.ofFolds(specification));
        violations.throwIfAny();
        return resolve(request, dataset, specification, violations);
    }

    private ResolvedTraining resolve(
            TrainingRequest request, DatasetInfo dataset, Specification specification, Violations violations) {
        ProfiledData data = new ProfiledData(specification, dataset);
        violations.addAll(FitRules.ofData(data.facts().violations(specification.learningTask())));
        violations.addAll(FitRules.ofData(data.constantTargets()));
        violations.throwIfAny();
        Integer classes = data.classCount();
        if (classes != null) {
            violations.addAll(FitRules.ofClasses(specification, classes));
        }
        PartSizes parts = data.facts().parts();
        violations.addAll(FitRules.ofBatches(specification, parts == null ? null : parts.train()));
        Wiring wiring = wire(specification, data, violations);
        MemoryAdmission.Decision decision = wiring == null
                ? null
                : new MemoryAdmission(dataset, workers.ofWorkers()).decide(specification, data, wiring);
        if (decision != null) {
            violations.addAll(decision.violations());
        }
        violations.throwIfAny();
        if (wiring == null || decision == null) {
            throw new IllegalStateException("A request without a fault is complete");
        }
        List<String> warnings = new ArrayList<>(warnings(request, dataset, specification));
        Long withoutTarget = data.withoutTarget();
        if (withoutTarget != null) {
            warnings.addAll(DataWarnings.withoutTarget(withoutTarget, specification.targets()));
        }
        warnings.addAll(decision.warnings());
        return new ResolvedTraining(decision.specification(), data.parts(), wiring, decision.memory(), warnings);
    }

    private @Nullable DatasetInfo dataset(Principal principal, @Nullable String id, Violations violations) {
        if (id == null) {
            return null;
        }
        try {
            return datasets.get(principal, id);
        } catch (ProblemException unknown) {
            if (unknown.problem() != Problem.NOT_FOUND) {
                throw unknown;
            }
            violations.add("#/dataset", "dataset is \"%s\"; accepted: the id of an uploaded dataset".formatted(id));
            return null;
        }
    }

    private static void checkColumns(TrainingRequest request, DatasetInfo dataset, Violations violations) {
        List<String> targets = targets(request);
        for (int i = 0; i < targets.size(); i++) {
            if (dataset.column(targets.get(i)).isEmpty()) {
                violations.add(
                        targets.size() == 1 ? "#/target" : "#/target/" + i,
                        "target is %s; accepted: one of %s".formatted(Quote.text(targets.get(i)), names(dataset)));
            }
        }
        checkWeightColumn(request, dataset, violations);
        SplitColumn.check(request.split(), targets, dataset, violations);
        List<String> features = request.features() == null ? List.of() : request.features();
        Map<String, ColumnProfile> columns = new HashMap<>();
        dataset.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
        String accepted = names(dataset);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            String name = features.get(i);
            String quoted = Quote.text(name);
            ColumnProfile column = columns.get(name);
            String pointer = "#/features/" + i;
            if (column == null) {
                violations.add(pointer, "features has %s; accepted: %s".formatted(quoted, accepted));
            } else if (targets.contains(name)) {
                violations.add(pointer, "%s is the target; it can't be a feature as well".formatted(quoted));
            } else if (!isFeature(column, request)) {
                violations.add(
                        pointer,
                        "%s is of type %s; accepted: numeric, categorical, boolean and datetime columns, and text columns with hashed_ngrams or tf_idf in preprocessing"
                                .formatted(quoted, column.type().label()));
            } else if (!seen.add(name)) {
                violations.add(pointer, "features names %s twice".formatted(quoted));
            }
        }
        if (request.features() == null && defaultFeatures(request, dataset).isEmpty()) {
            violations.add(
                    "#/features",
                    "No column but the target can be a feature; accepted: numeric, categorical, boolean and datetime columns");
        }
    }

    /** A text becomes inputs only if the request says how. */
    private static boolean isFeature(ColumnProfile column, TrainingRequest request) {
        Encoding encoding = request.preprocessing().of(column.name()).encode();
        return column.type().isFeature()
                || (column.type() == ColumnType.TEXT && encoding != null && encoding.isOfTexts());
    }

    private static List<String> targets(TrainingRequest request) {
        return request.target() == null ? List.of() : request.target().names();
    }

    private static void checkWeightColumn(TrainingRequest request, DatasetInfo dataset, Violations violations) {
        String name = request.weightColumn();
        if (name == null) {
            return;
        }
        ColumnProfile column = dataset.column(name).orElse(null);
        if (column == null
                || column.type() != ColumnType.NUMERIC
                || targets(request).contains(name)) {
            List<String> numeric = dataset.columns().stream()
                    .filter(other -> other.type() == ColumnType.NUMERIC)
                    .map(ColumnProfile::name)
                    .toList();
            violations.add(
                    "#/weight_column",
                    "weight_column is \"%s\"; accepted: a numeric column that is not the target (%s)"
                            .formatted(Excerpt.of(name), Excerpt.of(numeric, "columns")));
        }
    }

    private static String names(DatasetInfo dataset) {
        List<String> names = dataset.columns().stream().map(ColumnProfile::name).toList();
        return Excerpt.of(names, "columns");
    }

    private static List<String> defaultFeatures(TrainingRequest request, DatasetInfo dataset) {
        return dataset.columns().stream()
                .filter(column -> isFeature(column, request))
                .map(ColumnProfile::name)
                .filter(name -> !targets(request).contains(name) && !name.equals(request.weightColumn()))
                .filter(name -> !SplitColumn.isLeftOut(request.split(), name))
                .toList();
    }

    private Specification fillIn(TrainingRequest request, DatasetInfo dataset, @Nullable Integer threads) {
        Task task = request.task() != null ? request.task() : inferTask(request, dataset);
        String name = request.name() == null ? dataset.name() : request.name();
        List<String> features = request.features() == null ? defaultFeatures(request, dataset) : request.features();
        NetworkForm usual = task == Task.AUTOENCODER ? NetworkForm.autoencoder(features.size()) : NetworkForm.USUAL;
        return new Specification(
                name,
                dataset.id(),
                request.target(),
                task,
                features,
                request.split().resolved(task == Task.CLASSIFICATION),
                request.preprocessing(),
                request.network() == null ? usual : request.network(),
                request.loss() == null ? task.defaultLoss() : request.loss(),
                request.optimizer(),
                request.hyperparameters().resolved(),
                request.weightColumn(),
                threads,
                request.priority(),
                request.maxRuntimeSeconds(),
                request.model() == null ? modelName(name) : request.model(),
                request.metadata());
    }

    private static Task inferTask(TrainingRequest request, DatasetInfo dataset) {
        List<String> targets = targets(request);
        if (targets.isEmpty()) {
            return Task.AUTOENCODER;
        }
        boolean amounts = targets.size() > 1
                || dataset.column(targets.get(0)).orElseThrow().type() == ColumnType.NUMERIC;
        return amounts ? Task.REGRESSION : Task.CLASSIFICATION;
    }

    /**
     * The job's name if it can be part of an address, otherwise its nearest form with a part of its digest: two jobs
     * with different names must not share a model by accident. {@code Sales/2024} → {@code Sales-2024-1c3f0d}.
     */
    static String modelName(String name) {
        if (Naming.isIdentifier(name, TrainingRequestReader.MAX_MODEL_NAME)) {
            return name;
        }
        String nearest = Naming.identifier(name, TrainingRequestReader.MAX_MODEL_NAME - DIGEST_LENGTH - 1);
        String digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
        return "%s-%s".formatted(nearest.isEmpty() ? "model" : nearest, digest);
    }

    private static void checkTask(Specification specification, DatasetInfo dataset, Violations violations) {
        Task task = specification.task();
        List<String> targets = specification.targets();
        if (task == Task.AUTOENCODER && !targets.isEmpty()) {
            violations.add("#/target", "task is autoencoder, which has no target; accepted: none, or another task");
        } else if (task != Task.AUTOENCODER && targets.isEmpty()) {
            violations.add(
                    "#/target", "task is %s, which needs a target: the column to predict".formatted(task.label()));
        } else if (task == Task.CLASSIFICATION && targets.size() > 1) {
            violations.add(
                    "#/target",
                    "target names %d columns; accepted: one for classification, several for regression alone"
                            .formatted(targets.size()));
        }
        for (String target : targets) {
            checkTargetType(task, dataset.column(target).orElseThrow(), violations);
        }
        List<String> accepted = task.losses().stream().map(Names::of).toList();
        if (!accepted.contains(specification.loss().type())) {
            violations.add(
                    "#/loss/type",
                    "type is \"%s\"; accepted for %s: %s"
                            .formatted(specification.loss().type(), task.label(), String.join(", ", accepted)));
        }
        if (task != Task.CLASSIFICATION && specification.hyperparameters().classWeights() != null) {
            violations.add(
                    "#/hyperparameters/class_weights", "class_weights need task classification, not " + task.label());
        }
        if (task == Task.AUTOENCODER && specification.split().members() > 1) {
            violations.add(
                    "#/split/ensemble",
                    "ensemble is true, but the embeddings of an autoencoder's folds have nothing in common; accepted: false");
        }
        if (task == Task.AUTOENCODER && !specification.learningTask().embedded().isEmpty()) {
            violations.add(
                    "#/network",
                    "An autoencoder gives its inputs back, which level numbers can't be; accepted: no embedding");
        }
    }

    private static void checkTargetType(Task task, ColumnProfile target, Violations violations) {
        ColumnType type = target.type();
        if (type == ColumnType.IGNORE || type == ColumnType.DATETIME) {
            violations.add(
                    "#/target",
                    "\"%s\" is of type %s; accepted: a numeric, categorical, boolean or text column"
                            .formatted(target.name(), type.label()));
        } else if (task == Task.REGRESSION && type != ColumnType.NUMERIC) {
            violations.add(
                    "#/task",
                    "task is regression, but \"%s\" is of type %s%s; accepted: classification, or a numeric target"
                            .formatted(target.name(), type.label(), misfitsOf(target)));
        }
    }

    private static String misfitsOf(ColumnProfile target) {
        return target.misfits() == null
                ? ""
                : " (%s)".formatted(target.misfits().sentence());
    }

    /** One bad cell must not turn a regression into a classification unnoticed. */
    private static void checkInferredTask(TrainingRequest request, DatasetInfo dataset, Violations violations) {
        if (request.task() != null || targets(request).size() != 1) {
            return;
        }
        ColumnProfile target = dataset.column(targets(request).get(0)).orElseThrow();
        if (target.isNearlyNumeric()) {
            violations.add(
                    "#/task",
                    "task is absent, and \"%s\" is of type %s only because not all its cells are numbers%s; accepted: \"classification\", in which each of them is a class, or a dataset uploaded with that cell among its missing_values, or with a type for the column"
                            .formatted(target.name(), target.type().label(), misfitsOf(target)));
        }
    }

    private static @Nullable Wiring wire(Specification specification, ProfiledData data, Violations violations) {
        try {
            return specification.wholeNetwork(data.target()).wireBetween(data.narrowest(), data.widest());
        } catch (InvalidNetworkException invalid) {
            violations.addAll(FitRules.ofNetwork(specification, invalid));
            return null;
        }
    }

    private static List<String> warnings(TrainingRequest request, DatasetInfo dataset, Specification specification) {
        List<String> warnings = new ArrayList<>();
        for (String name : specification.targets()) {
            ColumnProfile target = dataset.column(name).orElseThrow();
            target.warningsOfReading().forEach(text -> warnings.add("Column \"%s\" %s".formatted(name, text)));
            if (request.task() == null && target.type() == ColumnType.NUMERIC && hasFewWholeValues(target)) {
                warnings.add(
                        "\"%s\" is numeric with only %d values, all from %s to %s: trained as regression; send \"task\": \"classification\" if they are classes"
                                .formatted(name, target.distinct(), target.min(), target.max()));
            }
        }
        Set<String> features = Set.copyOf(specification.features());
        for (ColumnProfile column : dataset.columns()) {
            boolean isFeature = features.contains(column.name());
            if (isFeature) {
                column.warnings().forEach(text -> warnings.add("Column \"%s\" %s".formatted(column.name(), text)));
            } else if (request.features() == null && SplitColumn.isLeftOut(request.split(), column.name())) {
                warnings.add(
                        "Column \"%s\" says how rows are split and was left out; name it in features if it is to be one"
                                .formatted(column.name()));
            } else if (request.features() == null && !column.type().isFeature()) {
                warnings.add("Column \"%s\" is of type %s and was left out"
                        .formatted(column.name(), column.type().label()));
            }
        }
        return warnings;
    }

    private static boolean hasFewWholeValues(ColumnProfile target) {
        return target.distinct() <= FEW_VALUES && target.onlyWhole();
    }
}
