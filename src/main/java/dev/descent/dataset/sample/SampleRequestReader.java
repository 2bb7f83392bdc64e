package dev.descent.dataset.sample;

import dev.descent.core.Count;
import dev.descent.core.Name;
import dev.descent.core.Required;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import dev.descent.request.SpecReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Parses requests for samples and reports all violations. */
public final class SampleRequestReader {

    /** What only a generated sample has. */
    private static final List<String> SETTINGS = List.of("rows", "noise", "seed");

    private SampleRequestReader() {}

    /** The whole request for a shipped file. */
    private record ShippedRequest(@Name("name") @Required Sample sample) {}

    /** @throws dev.descent.problem.ProblemException 422 with every violation found */
    public static SampleRequest read(JsonNode body) {
        Violations violations = new Violations();
        SampleRequest request = request(body, violations);
        violations.throwIfAny();
        if (request == null) {
            throw new IllegalStateException("A request without a fault is complete");
        }
        return request;
    }

    private static @Nullable SampleRequest request(JsonNode body, Violations violations) {
        SpecReader reader = new SpecReader(violations);
        JsonNode name = body.path("name");
        for (Sample sample : Sample.values()) {
            boolean isNamed = name.isString() && sample.toString().equals(name.asString());
            if (isNamed && sample.content() instanceof ShippedFile file) {
                reader.read(body, ShippedRequest.class, "#", null, Set.copyOf(SETTINGS));
                refuseSettings(body, sample, file, violations);
                return new SampleRequest(sample, SampleRequest.DEFAULT.rows(), null, SampleRequest.DEFAULT.seed());
            }
        }
        return reader.read(body, SampleRequest.class, "#", SampleRequest.DEFAULT);
    }

    private static void refuseSettings(JsonNode body, Sample sample, ShippedFile file, Violations violations) {
        for (String setting : SETTINGS) {
            JsonNode value = body.path(setting);
            if (!value.isMissingNode() && !value.isNull()) {
                violations.add(
                        Violation.pointerTo("#", setting),
                        "%s is %s; accepted: no %s for %s, which is a file of %s and is not drawn"
                                .formatted(setting, Quote.of(value), setting, sample, Count.of(file.rows(), "row")));
            }
        }
    }
}
