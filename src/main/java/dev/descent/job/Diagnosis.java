package dev.descent.job;

import dev.descent.core.train.FitDiagnosis;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How well a job's network fits, and what may help.
 *
 * @param confidence from 0 to 1
 */
record Diagnosis(
        String object,
        FitDiagnosis.Verdict verdict,
        double confidence,
        List<FitDiagnosis.Evidence> evidence,
        List<Suggestion> suggestions) {

    /** @param patch merged (RFC 7386) into the job's specification, it makes the specification of a new job */
    record Suggestion(String detail, JsonNode patch) {}
}
