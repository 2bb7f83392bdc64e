package dev.descent.model.evaluation;

import dev.descent.core.data.Column;
import dev.descent.core.train.evaluate.metrics.Headline;
import dev.descent.core.train.evaluate.metrics.Intervals;
import dev.descent.core.train.evaluate.metrics.ThresholdTable;
import dev.descent.job.TrainingJobs;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Measures what jobs have made. */
@Service
class Evaluations {

    private final PartReader reader;
    private final TrainingJobs jobs;
    private final Baselines baselines;
    private final JsonMapper json;

    Evaluations(PartReader reader, TrainingJobs jobs, Baselines baselines, JsonMapper json) {
        this.reader = reader;
        this.jobs = jobs;
        this.baselines = baselines;
        this.json = json;
    }

    /** @throws ProblemException as {@link PartReader#read} */
    JsonNode evaluate(Principal principal, String jobId, Part part, ThresholdTable.Costs costs) {
        ObjectNode answer = reader.read(principal, jobId, part, read -> {
            ObjectNode found = EvaluationView.of(read.part(), costs, json, read.deadline());
            Headline headline = read.part().predicted().headline();
            found.set("intervals", json.valueToTree(Intervals.of(headline, read.deadline())));
            found.set("baseline", json.valueToTree(baselines.of(read, headline)));
            return found;
        });
        return counted(principal, jobId, part, answer);
    }

    /**
     * The headline figures by level, or by range of numbers, of a column.
     *
     * @throws ProblemException as {@link PartReader#read}; 422 for a column that the dataset does not have
     */
    JsonNode slices(Principal principal, String jobId, Part part, String by) {
        ObjectNode answer = reader.read(principal, jobId, part, by, read -> {
            Column column = reader.column(read, by);
            ObjectNode found = EvaluationView.head(read.part(), "evaluation.slices", json);
            found.put("by", by);
            found.set(
                    "figures",
                    json.valueToTree(read.part().predicted().headline().byName()));
            found.set("slices", json.valueToTree(SliceView.of(read.part(), column, read.deadline())));
            return found;
        });
        return counted(principal, jobId, part, answer);
    }

    /**
     * The rows behind a cell of the confusion matrix.
     *
     * @throws ProblemException as {@link PartReader#read} and {@link ConfusedRows#of}
     */
    ConfusedRows rows(Principal principal, String jobId, Part part, ConfusedRows.Wanted wanted) {
        ConfusedRows rows =
                reader.read(principal, jobId, part, read -> ConfusedRows.of(read.part(), read.table(), wanted));
        if (part == Part.TEST) {
            jobs.countTestEvaluation(principal, jobId);
        }
        return rows;
    }

    /** Nobody sees figures of a test part that are not counted. */
    private JsonNode counted(Principal principal, String jobId, Part part, ObjectNode answer) {
        if (part == Part.TEST) {
            answer.setAll((ObjectNode) json.<JsonNode>valueToTree(jobs.countTestEvaluation(principal, jobId)));
        }
        return answer;
    }
}
