package dev.descent.job.specification;

import dev.descent.core.Name;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.examples.LearningTask;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import dev.descent.dataset.Datasets;
import dev.descent.store.StoredFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a job does, fully specified.
 *
 * @param target null for an autoencoder
 * @param weightColumn the weight of each row in the loss; null if all rows count equally
 * @param threads the number of computing threads; null if the first worker that claims the job decides
 */
public record Specification(
        @Name("name") String name,
        @Name("dataset") String dataset,
        @Name("target") @Nullable Targets target,
        @Name("task") Task task,
        @Name("features") List<String> features,
        @Name("split") SplitSpec split,
        @Name("preprocessing") PreprocessingSpec preprocessing,
        @Name("network") NetworkForm network,
        @Name("loss") LossSpec loss,
        @Name("optimizer") OptimizerSpec optimizer,
        @Name("hyperparameters") Hyperparameters hyperparameters,
        @Name("weight_column") @Nullable String weightColumn,
        @Name("threads") @Nullable Integer threads,
        @Name("priority") int priority,
        @Name("max_runtime_seconds") @Nullable Double maxRuntimeSeconds,
        @Name("model") String model,
        @Name("metadata") Map<String, String> metadata) {

    /** Its stored form; the first one also named the owner, and the first two stratified classes alone. */
    public static final StoredFormat FORMAT = new StoredFormat("specification", 3);

    /** The names of the columns to predict; none for an autoencoder. */
    public List<String> targets() {
        return target == null ? List.of() : target.names();
    }

    /** The same with another way to shuffle. */
    Specification with(Shuffle shuffle) {
        return new Specification(
                name,
                dataset,
                target,
                task,
                features,
                split,
                preprocessing,
                network,
                loss,
                optimizer,
                hyperparameters.with(shuffle),
                weightColumn,
                threads,
                priority,
                maxRuntimeSeconds,
                model,
                metadata);
    }

    /** Whether the rows are dealt into folds. */
    public boolean isCrossValidation() {
        return split.crossValidation() != null;
    }

    /** How many folds each repeat has; 0 if there are none. */
    public int foldsOfARepeat() {
        SplitSpec.FoldsSpec folds = split.crossValidation();
        return folds == null ? 0 : folds.folds();
    }

    public LearningTask learningTask() {
        NetworkSpec spec = network.toSpec();
        return new LearningTask(
                targets(),
                task,
                features,
                split,
                preprocessing,
                features.stream().filter(spec::embeds).collect(Collectors.toSet()),
                weightColumn,
                hyperparameters.classWeights());
    }

    /** The network with the output layer that the task and the loss require. */
    public NetworkSpec wholeNetwork(TargetEncoder target) {
        return network.toSpec().withOutput(loss.outputs(target.outputs()));
    }

    /**
     * Reads what training reads.
     *
     * @param cancellationCheck called before each row; may throw to stop
     */
    public Table read(Datasets datasets, Runnable cancellationCheck) {
        return isOnDisk()
                ? datasets.readToDisk(dataset, columns(), columnsAsWritten(), cancellationCheck)
                : datasets.read(dataset, columns(), columnsAsWritten(), cancellationCheck);
    }

    public TrainingPlan plan(Wiring wiring, TargetEncoder target, int threadsThatCompute) {
        return new TrainingPlan(
                wiring, loss, optimizer, hyperparameters, target, threadsThatCompute, maxRuntimeSeconds);
    }

    /** Whether what a job reads and encodes stays on disk while it is used, and not in memory. */
    public boolean isOnDisk() {
        return hyperparameters.shuffle() == Shuffle.BLOCKS;
    }

    /** The columns whose numbers training reads as they are written: classes keep their names. */
    public Set<String> columnsAsWritten() {
        return task == Task.CLASSIFICATION ? Set.copyOf(targets()) : Set.of();
    }

    /** The columns of the dataset that training reads. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(features);
        columns.addAll(targets());
        if (weightColumn != null) {
            columns.add(weightColumn);
        }
        SplitSpec.Key key = split.key();
        if (key != null && !columns.contains(key.column())) {
            columns.add(key.column());
        }
        return columns;
    }
}
