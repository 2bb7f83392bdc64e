package dev.descent.retention;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What goes by itself; null keeps everything.
 *
 * @param newestVersions so many versions of each model stay
 * @param unusedDays datasets, and versions except the newest, go once nobody has used them for so long
 * @param failedJobDays failed jobs go so long after their end
 */
record RetentionRules(
        @Name("newest_versions") @Nullable @Bounds(min = 1, max = 1_000_000)
        Integer newestVersions,

        @Name("unused_days") @Nullable @Bounds(min = 1, max = 36_500)
        Integer unusedDays,

        @Name("failed_job_days") @Nullable @Bounds(min = 0, max = 36_500)
        Integer failedJobDays) {

    static final RetentionRules NONE = new RetentionRules(null, null, null);

    /** @throws ProblemException 422 with every violation found */
    static RetentionRules read(JsonNode body) {
        Violations violations = new Violations();
        RetentionRules rules = new SpecReader(violations).read(body, RetentionRules.class, "#", NONE);
        violations.throwIfAny();
        return Objects.requireNonNull(rules);
    }
}
