package dev.descent.job.history;

import dev.descent.core.Name;
import dev.descent.core.train.diagnose.FitDiagnosis;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How well a job's network fits, and what may improve it.
 *
 * @param confidence from 0 to 1
 */
public record Diagnosis(
        @Name("object") String object,
        @Name("verdict") FitDiagnosis.Verdict verdict,
        @Name("confidence") double confidence,
        @Name("evidence") List<FitDiagnosis.Evidence> evidence,
        @Name("suggestions") List<Suggestion> suggestions) {

    /** @param patch merged (RFC 7386) into the job's specification, it gives the specification of a new job */
    record Suggestion(
            @Name("detail") String detail, @Name("patch") JsonNode patch) {}
}
