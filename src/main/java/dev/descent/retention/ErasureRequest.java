package dev.descent.retention;

import dev.descent.core.Name;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to remove whatever was made from a file.
 *
 * @param dryRun has no default, so that nobody removes anything by leaving it out
 */
record ErasureRequest(
        @Name("dataset_sha256") String datasetSha256,
        @Name("dry_run") @Nullable Boolean dryRun) {

    private static final ErasureRequest NONE = new ErasureRequest("", null);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** @throws ProblemException 422 with every violation found */
    static ErasureRequest read(JsonNode body) {
        Violations violations = new Violations();
        ErasureRequest request = new SpecReader(violations).read(body, ErasureRequest.class, "#", NONE);
        violations.throwIfAny();
        ErasureRequest read = Objects.requireNonNull(request);
        if (!DIGEST.matcher(read.datasetSha256()).matches()) {
            violations.add(
                    "#/dataset_sha256",
                    "dataset_sha256 is \"%.80s\"; accepted: 64 digits and letters from a to f"
                            .formatted(read.datasetSha256()));
        }
        if (read.dryRun() == null) {
            violations.add("#/dry_run", "dry_run is required: true or false");
        }
        violations.throwIfAny();
        return read;
    }

    boolean isReal() {
        return Boolean.FALSE.equals(dryRun);
    }
}
