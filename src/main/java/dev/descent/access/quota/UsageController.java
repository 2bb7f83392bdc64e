package dev.descent.access.quota;

import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.quota.Holding.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/usage", produces = MediaType.APPLICATION_JSON_VALUE)
class UsageController {

    private final OwnerQuotas quotas;
    private final RequestQuota requests;
    private final StreamQuota streams;
    private final QuotaProperties properties;

    UsageController(OwnerQuotas quotas, RequestQuota requests, StreamQuota streams, QuotaProperties properties) {
        this.quotas = quotas;
        this.requests = requests;
        this.streams = streams;
        this.properties = properties;
    }

    @GetMapping
    @Requires({})
    Usage get(Principal principal, @RequestParam(required = false) @Nullable String owner) {
        boolean isOwn = owner == null || owner.equals(principal.owner());
        if (!isOwn && !principal.isAdmin()) {
            throw new ProblemException(Problem.FORBIDDEN, "Only an administrator sees what others use", List.of());
        }
        boolean isLimited = isOwn ? !principal.isAdmin() : !Principal.ADMIN.equals(owner);
        return usage(owner == null ? principal.owner() : owner, isLimited);
    }

    private Usage usage(String owner, boolean isLimited) {
        Map<Kind, Long> held = quotas.holdings(owner);
        long datasets = held.getOrDefault(Kind.DATASET_BYTES, 0L);
        long models = held.getOrDefault(Kind.MODEL_BYTES, 0L);
        long checkpoints = held.getOrDefault(Kind.CHECKPOINT_BYTES, 0L);
        return new Usage(
                "usage",
                owner,
                new Usage.Storage(
                        datasets + models + checkpoints,
                        limit(isLimited, properties.storage().toBytes()),
                        datasets,
                        models,
                        checkpoints),
                new Usage.Use(held.getOrDefault(Kind.QUEUED_JOBS, 0L), limit(isLimited, properties.queuedJobs())),
                new Usage.Use(
                        held.getOrDefault(Kind.RUNNING_JOBS, 0L), limit(true, quotas.ownLimit(Kind.RUNNING_JOBS))),
                new Usage.Most(limit(isLimited, properties.work())),
                new Usage.Use(requests.used(owner), limit(isLimited, requests.quota())),
                new Usage.Use(streams.used(owner), limit(isLimited, streams.quota())));
    }

    private static @Nullable Long limit(boolean isLimited, long quota) {
        return isLimited && quota > 0 ? quota : null;
    }
}
