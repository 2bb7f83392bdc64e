package dev.descent.job.fold;

import dev.descent.core.Name;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.train.evaluate.HeldOutPredictions;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.request.StoredJson;
import dev.descent.store.StoredFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The folds of jobs. They go with their job. */
@Component
public class FoldStore {

    private static final StoredFormat FORMAT = new StoredFormat("set of predictions", HeldOutPredictions.FORMAT);

    private static final String SUMMARIES = """
            select job_id, fit, train_rows, validation_rows, epochs, steps, seconds, best_epoch, stop_reason, scores
            from fold where job_id in (:jobs) order by job_id, fit
            """;

    private final JdbcClient sql;
    private final StoredJson json;

    FoldStore(JdbcClient sql, StoredJson json) {
        this.sql = sql;
        this.json = json;
    }

    private record StoredTarget(@Name("target") TargetEncoder target) {}

    /** The folds of a job that have been held out, in order. */
    public List<FoldSummary> of(String jobId) {
        return sql.sql(SUMMARIES)
                .param("jobs", List.of(jobId))
                .query((row, number) -> summary(row))
                .list();
    }

    /** The same for several jobs, by id. */
    public Map<String, List<FoldSummary>> of(Collection<String> jobIds) {
        return jobIds.isEmpty()
                ? Map.of()
                : sql.sql(SUMMARIES).param("jobs", jobIds).query((row, number) -> summary(row)).list().stream()
                        .collect(Collectors.groupingBy(FoldSummary::jobId));
    }

    /** How many bytes the predictions of some folds of a job take. */
    public long bytes(String jobId, int from, int to) {
        return sql.sql("""
                        select coalesce(sum(predictions_bytes), 0) from fold
                        where job_id = :job and fit >= :from and fit < :to""")
                .param("job", jobId)
                .param("from", from)
                .param("to", to)
                .query(Long.class)
                .single();
    }

    /**
     * The predictions of a fold.
     *
     * @param targets the number of columns that are predicted
     * @throws IllegalStateException if a later version of Descent wrote them
     */
    public HeldOutPredictions predictions(FoldSummary fold, int targets) {
        return sql.sql("select target, predictions, predictions_format from fold where job_id = :job and fit = :fit")
                .param("job", fold.jobId())
                .param("fit", fold.fit())
                .query((row, number) -> {
                    FORMAT.requireKnown(row.getInt("predictions_format"));
                    return new HeldOutPredictions(
                            row.getBytes("predictions"),
                            json.read(row.getString("target"), StoredTarget.class)
                                    .target(),
                            targets,
                            fold.validationRows());
                })
                .single();
    }

    /** Adds the next fold of a job, whose row the caller's transaction has locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(FoldResult fold) {
        FoldSummary summary = fold.summary();
        sql.sql("""
                        insert into fold (job_id, fit, train_rows, validation_rows, epochs, steps, seconds, best_epoch,
                          stop_reason, scores, target, predictions, predictions_bytes, predictions_format)
                        values (:job, :fit, :train, :validation, :epochs, :steps, :seconds, :best, :reason, :scores,
                          :target, :predictions, :bytes, :format)""")
                .param("job", summary.jobId())
                .param("fit", summary.fit())
                .param("train", summary.trainRows())
                .param("validation", summary.validationRows())
                .param("epochs", summary.epochs())
                .param("steps", summary.steps())
                .param("seconds", summary.seconds())
                .param("best", summary.bestEpoch())
                .param("reason", summary.stopReason().name())
                .param("scores", json.write(summary.scores()))
                .param("target", json.write(new StoredTarget(fold.target())))
                .param("predictions", fold.predictions())
                .param("bytes", fold.predictions().length)
                .param("format", FORMAT.version())
                .update();
        if (fold.model() != null) {
            add(summary, fold.model());
        }
    }

    private void add(FoldSummary fold, FoldModel model) {
        sql.sql("""
                        insert into fold_model (job_id, fit, description, description_format, parameter_count, weights,
                          weights_bytes)
                        values (:job, :fit, :description, :format, :parameters, :weights, :bytes)""")
                .param("job", fold.jobId())
                .param("fit", fold.fit())
                .param("description", json.write(model.description()))
                .param("format", FoldModel.Description.FORMAT.version())
                .param("parameters", model.parameterCount())
                .param("weights", model.weights())
                .param("bytes", model.weights().length)
                .update();
    }

    /** The models of all folds of a job, in order; none if they are not kept, or no longer. */
    public List<FoldModel> models(String jobId) {
        return sql.sql("""
                        select description, description_format, parameter_count, weights from fold_model
                        where job_id = :job order by fit""")
                .param("job", jobId)
                .query((row, number) -> {
                    FoldModel.Description.FORMAT.requireKnown(row.getInt("description_format"));
                    return new FoldModel(
                            json.read(row.getString("description"), FoldModel.Description.class),
                            row.getLong("parameter_count"),
                            row.getBytes("weights"));
                })
                .list();
    }

    /** Forgets the models of a job's folds, whose row the caller's transaction has locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forgetModels(String jobId) {
        sql.sql("delete from fold_model where job_id = :job")
                .param("job", jobId)
                .update();
    }

    private FoldSummary summary(ResultSet row) throws SQLException {
        return new FoldSummary(
                row.getString("job_id"),
                row.getInt("fit"),
                row.getInt("train_rows"),
                row.getInt("validation_rows"),
                row.getInt("epochs"),
                row.getLong("steps"),
                row.getDouble("seconds"),
                row.getInt("best_epoch"),
                StopReason.valueOf(row.getString("stop_reason")),
                scores(row.getString("scores")));
    }

    private Map<String, Double> scores(String stored) {
        Map<String, Double> scores = new LinkedHashMap<>();
        json.tree(stored)
                .properties()
                .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble()));
        return scores;
    }
}
