package dev.descent.job.specification;

import dev.descent.core.data.CategoricalEncoder;
import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.DateEncoder;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.LevelCode;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.examples.ConstantTargets;
import dev.descent.core.train.examples.DataFacts;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.DataViolation;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.Task;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.profile.ColumnProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the profile of a dataset says about the data that a job would read; where the profile is inexact, an upper
 * bound.
 */
final class ProfiledData {

    private final Specification specification;
    private final LearningTask task;
    private final DatasetInfo dataset;
    private final Map<String, ColumnProfile> columns = new HashMap<>();
    private final List<ColumnProfile> targets;
    private final @Nullable ColumnProfile classTarget;
    private final Comparator<String> labelOrder;
    private final @Nullable List<ColumnProfile.LevelCount> levels;
    private final ProfiledSplit split;

    ProfiledData(Specification specification, DatasetInfo dataset) {
        this.specification = specification;
        this.task = specification.learningTask();
        this.dataset = dataset.asWritten(specification.columnsAsWritten());
        this.dataset.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
        this.targets = specification.targets().stream().map(this::column).toList();
        this.classTarget = specification.task() == Task.CLASSIFICATION ? targets.get(0) : null;
        this.labelOrder = ClassificationTarget.order(
                classTarget == null
                        ? ColumnType.CATEGORICAL
                        : dataset.column(classTarget.name()).orElseThrow().type());
        this.levels = classTarget == null ? null : classTarget.allLevels();
        this.split =
                new ProfiledSplit(specification.split(), this.dataset, targets, classTarget, mostRows(), knowsRows());
    }

    private ColumnProfile column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** Only what is certain. */
    DataFacts facts() {
        Integer rows = knowsRows() ? mostRows() : null;
        return new DataFacts(rows, classes(), weights(), split.isExact() ? split.sizes() : null, split.key());
    }

    /** Why there would be nothing to learn, whatever rows are left out. */
    List<DataViolation> constantTargets() {
        List<DataViolation> violations = new ArrayList<>();
        for (int i = 0; i < targets.size() && specification.task() == Task.REGRESSION; i++) {
            ColumnProfile target = targets.get(i);
            if (dataset.rows() - target.missing() > 1
                    && target.min() instanceof Number least
                    && target.max() instanceof Number most
                    && least.doubleValue() == most.doubleValue()) {
                violations.add(
                        ConstantTargets.violation(task, i, least.doubleValue(), dataset.rows() - target.missing()));
            }
        }
        return violations;
    }

    /** The number of rows without a value in some target; null if the profile cannot tell. */
    @Nullable
    Long withoutTarget() {
        return knowsRows() ? dataset.rows() - mostRows() : null;
    }

    /** With several targets, it is unknown which values are missing in the same row. */
    private boolean knowsRows() {
        return mostRows() == 0
                || targets.stream().filter(target -> target.missing() > 0).count() <= 1;
    }

    private int mostRows() {
        long missing = targets.stream().mapToLong(ColumnProfile::missing).max().orElse(0);
        return Math.toIntExact(dataset.rows() - missing);
    }

    private DataFacts.@Nullable Classes classes() {
        if (classTarget == null) {
            return null;
        }
        List<String> labels = labels(classTarget);
        if (labels != null) {
            return DataFacts.Classes.of(labels);
        }
        return new DataFacts.Classes(Math.toIntExact(classTarget.leastDistinct()), classTarget.countedDistinct(), null);
    }

    private @Nullable List<String> labels(ColumnProfile target) {
        if (levels != null) {
            return levels.stream()
                    .map(ColumnProfile.LevelCount::value)
                    .sorted(labelOrder)
                    .toList();
        }
        if (target.min() instanceof Number least
                && target.max() instanceof Number most
                && least.doubleValue() == most.doubleValue()) {
            return List.of(ClassificationTarget.label(least.doubleValue()));
        }
        return null;
    }

    /** The number of classes, if it is certain. */
    @Nullable
    Integer classCount() {
        DataFacts.Classes classes = classes();
        return classes != null && classes.exact() ? classes.count() : null;
    }

    private int mostClasses() {
        return classTarget == null ? Math.min(1, mostRows()) : ProfiledSplit.mostClasses(classTarget, mostRows());
    }

    /** It is unknown which rows lack a target, so an invalid weight may belong to one of them. */
    private DataFacts.@Nullable Weights weights() {
        if (specification.weightColumn() == null || !knowsRows() || mostRows() < dataset.rows()) {
            return null;
        }
        ColumnProfile column = column(specification.weightColumn());
        return column.min() instanceof Number least && column.max() instanceof Number most
                ? new DataFacts.Weights(column.missing(), least.doubleValue(), most.doubleValue())
                : new DataFacts.Weights(column.missing(), 0, 0);
    }

    /**
     * The smallest number of inputs that the features can become: it is unknown which cells and levels the training
     * part has.
     */
    BatchColumns narrowest() {
        return columns(feature -> false);
    }

    /** The largest number of inputs that the features can become. */
    BatchColumns widest() {
        return columns(feature -> true);
    }

    /** The number of examples in each part; upper bounds. */
    PartSizes parts() {
        return split.sizes();
    }

    private BatchColumns columns(Predicate<ColumnProfile> isWide) {
        return new BatchColumns(specification.features().stream()
                .map(this::column)
                .map(feature -> batchColumn(feature, isWide.test(feature)))
                .toList());
    }

    private BatchColumn batchColumn(ColumnProfile feature, boolean wide) {
        if (feature.type().isNumber()) {
            Boolean indicator = specification.preprocessing().of(feature.name()).indicator();
            boolean hasIndicator = indicator == null ? wide && feature.missing() > 0 : indicator;
            int width = specification.preprocessing().of(feature.name()).encode()
                            instanceof Encoding.DatetimePartsSpec parts
                    ? DateEncoder.width(parts, hasIndicator)
                    : hasIndicator ? 2 : 1;
            return new BatchColumn(feature.name(), width, 0);
        }
        boolean isEmbedded = task.embedded().contains(feature.name());
        Encoding encoding = isEmbedded
                ? Encoding.OneHotSpec.DEFAULT
                : specification.preprocessing().encodingOf(feature.name());
        Impute impute = specification.preprocessing().of(feature.name()).impute();
        int places = wide ? mostPlaces(feature, encoding, impute) : impute == Impute.OWN_LEVEL ? 1 : 0;
        return isEmbedded
                ? new BatchColumn(feature.name(), 1, places + 1)
                : new BatchColumn(feature.name(), width(encoding, places, wide), 0);
    }

    private static int mostPlaces(ColumnProfile feature, Encoding encoding, @Nullable Impute impute) {
        boolean isOneHot = encoding instanceof Encoding.OneHotSpec;
        int most = isOneHot ? CategoricalEncoder.MAX_LEVELS : CategoricalEncoder.MAX_CODED_LEVELS;
        // A constant may be a level that the column lacks.
        long levels = feature.mostDistinct() + (impute == Impute.CONSTANT ? 1 : 0);
        return (int) Math.min(levels, most) + (impute == Impute.OWN_LEVEL ? 1 : 0);
    }

    private int width(Encoding encoding, int places, boolean wide) {
        if (encoding instanceof Encoding.BinarySpec) {
            return LevelCode.Binary.bits(places);
        }
        if (encoding instanceof Encoding.HashedNgramsSpec hashed) {
            return hashed.buckets();
        }
        if (encoding instanceof Encoding.TfIdfSpec terms) {
            return wide ? terms.maxTerms() : 1;
        }
        if (encoding instanceof Encoding.TargetMeanSpec) {
            return classTarget == null ? Math.max(1, targets.size()) : classMeans(wide);
        }
        return encoding instanceof Encoding.OrdinalSpec ? 1 : places + 1;
    }

    /** One class says what share the other of two has. */
    private int classMeans(boolean wide) {
        Integer known = classCount();
        int classes = known == null ? (wide ? mostClasses() : 1) : known;
        return classes <= 2 ? 1 : classes;
    }

    /** Equivalent to the real encoder as far as a network and its memory depend on it. */
    TargetEncoder target() {
        return switch (specification.task()) {
            case CLASSIFICATION -> new ClassificationTarget(Collections.nCopies(mostClasses(), ""));
            case REGRESSION ->
                new RegressionTarget(
                        specification.targets(), Collections.nCopies(targets.size(), new RegressionTarget.Scale(0, 1)));
            case AUTOENCODER -> new ReconstructionTarget(widest().width(), Double.NaN);
        };
    }

    /** @param shuffle which says where numbers are */
    DataSize size(Shuffle shuffle) {
        boolean exact =
                split.isExact() && narrowest().equals(widest()) && (classTarget == null || classCount() != null);
        return new DataSize(
                dataset.rows(),
                dataset.heapBytes(Set.copyOf(specification.columns()), shuffle == Shuffle.WHOLE),
                mostRows(),
                split.sizes(),
                targets.size(),
                task.isWeighted(),
                task.split().crossValidation() != null,
                task.split().members(),
                exact);
    }
}
