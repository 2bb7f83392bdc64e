package dev.descent.job;

import dev.descent.core.Names;
import dev.descent.idempotency.CreationAnswer;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.job.checkpoint.CheckpointView;
import dev.descent.job.feed.JobEvent;
import dev.descent.job.feed.JobWatch;
import dev.descent.job.feed.Preference;
import dev.descent.job.feed.Standing;
import dev.descent.job.history.Diagnosis;
import dev.descent.job.history.MetricColumns;
import dev.descent.job.history.MetricCsv;
import dev.descent.job.history.MetricHistory;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.specification.Metadata;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.job.specification.SpecificationResolver;
import dev.descent.job.specification.TimeEstimate;
import dev.descent.job.specification.TrainingValidator;
import dev.descent.job.specification.Validation;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.Accept;
import dev.descent.request.EntityTags;
import dev.descent.request.OwnerRequest;
import dev.descent.request.SpecWriter;
import dev.descent.store.Spool;
import dev.descent.store.Spools;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class TrainingJobController {

    private static final int DEFAULT_POINTS = 500;
    private static final int MIN_POINTS = 4;
    private static final int MAX_POINTS = 10_000;
    private static final String POLL_SECONDS = "1";
    private static final String CSV = "text/csv";
    private static final MediaType CSV_ANSWER = MediaType.parseMediaType(CSV + ";charset=UTF-8");

    private final TrainingJobs jobs;
    private final JobList list;
    private final JobWatch<TrainingJobView> watch;
    private final SpecificationResolver resolver;
    private final TrainingValidator validator;
    private final JobProperties properties;
    private final IdempotencyKeys keys;
    private final Spools spools;

    TrainingJobController(
            TrainingJobs jobs,
            JobList list,
            JobWatch<TrainingJobView> watch,
            SpecificationResolver resolver,
            TrainingValidator validator,
            JobProperties properties,
            IdempotencyKeys keys,
            Spools spools) {
        this.keys = keys;
        this.spools = spools;
        this.jobs = jobs;
        this.list = list;
        this.watch = watch;
        this.resolver = resolver;
        this.validator = validator;
        this.properties = properties;
    }

    @PostMapping(path = "/training-jobs", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    ResponseEntity<byte[]> create(
            Principal principal,
            @RequestBody JsonNode body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key) {
        try (KeyedRequest request = keys.begin(TrainingJobs.CREATION, principal, key)) {
            if (!request.isAnswered(body.toString(), id -> jobs.get(principal, id))) {
                jobs.create(principal, resolver.resolve(principal, body), request);
            }
            CreationAnswer answer = request.answer();
            return answer.head().header(HttpHeaders.RETRY_AFTER, POLL_SECONDS).body(answer.body());
        }
    }

    @PostMapping(path = "/training-jobs:validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Scope.TRAIN, changes = false)
    Validation validate(Principal principal, @RequestBody JsonNode body) {
        ResolvedTraining training = validator.validate(principal, body);
        Integer threads = training.specification().threads();
        return new Validation(
                "training.validation",
                SpecWriter.write(training.specification()),
                training.wiring().parameterCount(),
                training.memory().bytes(),
                TimeEstimate.seconds(training, threads == null ? properties.threadsOfAJob() : threads),
                training.warnings());
    }

    @GetMapping("/training-jobs")
    @Requires(Scope.READ)
    Listing<TrainingJobView> list(
            Principal principal,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam Map<String, String> parameters) {
        return list.page(principal, Cursor.of(limit, after), status(status), metadata(parameters));
    }

    private static @Nullable JobStatus status(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(JobStatus.values())
                .filter(status -> Names.of(status).equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "?status",
                        "status is \"%s\"; accepted: %s"
                                .formatted(
                                        name,
                                        Arrays.stream(JobStatus.values())
                                                .map(Names::of)
                                                .collect(Collectors.joining(", ")))));
    }

    /** {@code ?metadata[team]=a} → {@code team=a}. */
    private static Map<String, String> metadata(Map<String, String> parameters) {
        Map<String, String> metadata = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith("metadata[") && name.endsWith("]")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        Violations violations = new Violations();
        if (metadata.size() > Metadata.MAX_PAIRS) {
            violations.add(
                    "?metadata",
                    "metadata has %d pairs; accepted: up to %d".formatted(metadata.size(), Metadata.MAX_PAIRS));
        }
        Metadata.check(metadata, "?metadata[%s]"::formatted, violations);
        violations.throwIfAny();
        return metadata;
    }

    /**
     * With {@code Prefer: wait=20}, responds as soon as the job differs from what the client knows, or after 20
     * seconds.
     */
    @GetMapping("/training-jobs/{id}")
    @Requires(Scope.READ)
    DeferredResult<ResponseEntity<TrainingJobView>> get(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String tags,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        EntityTags known = EntityTags.ifNoneMatch(tags);
        Duration patience = Preference.wait(prefer, JobWatch.LONGEST);
        if (!patience.isZero()) {
            Standing standing = jobs.standing(principal, id);
            if (isWorthWaiting(standing, tags == null, known)) {
                return watch.next(id, standing, patience, changed -> answer(changed, known));
            }
        }
        DeferredResult<ResponseEntity<TrainingJobView>> now = new DeferredResult<>();
        now.setResult(answer(jobs.get(principal, id), known));
        return now;
    }

    private static boolean isWorthWaiting(Standing standing, boolean knowsNone, EntityTags known) {
        return !standing.status().isTerminal() && (knowsNone || known.include(standing.tag()));
    }

    private static ResponseEntity<TrainingJobView> answer(TrainingJobView job, EntityTags known) {
        return known.include(job.tag()) ? answer(HttpStatus.NOT_MODIFIED, job).build() : answer(job);
    }

    @PostMapping("/training-jobs/{id}/cancel")
    @Requires(Scope.TRAIN)
    ResponseEntity<TrainingJobView> cancel(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String expected) {
        return answer(jobs.ifStill(EntityTags.ifMatch(expected), principal, id, () -> jobs.cancel(principal, id)));
    }

    @PostMapping("/training-jobs/{id}/pause")
    @Requires(Scope.TRAIN)
    ResponseEntity<TrainingJobView> pause(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String expected) {
        return answer(jobs.ifStill(EntityTags.ifMatch(expected), principal, id, () -> jobs.pause(principal, id)));
    }

    @PostMapping("/training-jobs/{id}/resume")
    @Requires(Scope.TRAIN)
    ResponseEntity<TrainingJobView> resume(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String expected) {
        return answer(jobs.ifStill(EntityTags.ifMatch(expected), principal, id, () -> jobs.resume(principal, id)));
    }

    @PatchMapping(
            path = "/training-jobs/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    @Requires(Scope.TRAIN)
    ResponseEntity<TrainingJobView> change(
            Principal principal,
            @PathVariable String id,
            @RequestBody JsonNode body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String expected) {
        return answer(jobs.ifStill(
                EntityTags.ifMatch(expected),
                principal,
                id,
                () -> jobs.change(principal, id, ChangeRequest.read(body))));
    }

    @GetMapping("/training-jobs/{id}/events")
    @Requires(Scope.READ)
    Listing<JobEvent> events(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Listing.page(jobs.events(principal, id), limit, after, JobEvent::id);
    }

    @GetMapping("/training-jobs/{id}/checkpoints")
    @Requires(Scope.READ)
    Listing<CheckpointView> checkpoints(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Listing.page(jobs.checkpoints(principal, id), limit, after, CheckpointView::id);
    }

    @GetMapping(
            path = "/training-jobs/{id}/checkpoints/{checkpoint}/weights",
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Requires(Scope.READ)
    ResponseEntity<Resource> weights(Principal principal, @PathVariable String id, @PathVariable String checkpoint)
            throws IOException {
        ContentDisposition file = ContentDisposition.attachment()
                .filename(checkpoint + ".safetensors")
                .build();
        Spool weights = jobs.weights(principal, id, checkpoint);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentLength(weights.length())
                .body(new InputStreamResource(weights.read()));
    }

    private static ResponseEntity<TrainingJobView> answer(TrainingJobView job) {
        return answer(HttpStatus.OK, job).body(job);
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, TrainingJobView job) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).eTag(job.tag());
        if (!job.terminal()) {
            answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        return answer;
    }

    @PutMapping(path = "/training-jobs/{id}/owner", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.ADMIN)
    ResponseEntity<TrainingJobView> giveTo(Principal principal, @PathVariable String id, @RequestBody JsonNode body) {
        return answer(jobs.giveTo(principal, id, OwnerRequest.read(body)));
    }

    @GetMapping("/training-jobs/{id}/diagnosis")
    @Requires(Scope.READ)
    Diagnosis diagnosis(Principal principal, @PathVariable String id) {
        return jobs.diagnosis(principal, id);
    }

    @DeleteMapping("/training-jobs/{id}")
    @Requires(Scope.TRAIN)
    ResponseEntity<Void> delete(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String expected) {
        return jobs.ifStill(EntityTags.ifMatch(expected), principal, id, () -> {
            jobs.delete(principal, id);
            return ResponseEntity.noContent().build();
        });
    }

    /** CSV has every epoch, unless the client asks for fewer. */
    @GetMapping(
            path = "/training-jobs/{id}/metrics",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    @Requires(Scope.READ)
    ResponseEntity<Object> metrics(
            Principal principal,
            @PathVariable String id,
            @RequestParam(name = "max_points", required = false) @Nullable Integer maxPoints,
            @RequestParam(required = false) @Nullable Set<String> keys,
            @RequestAttribute(Accept.CHOSEN) MediaType form)
            throws IOException {
        int most = maxPoints == null ? DEFAULT_POINTS : maxPoints;
        Set<String> wanted = wanted(most, keys);
        if (!form.isCompatibleWith(CSV_ANSWER)) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(MetricHistory.of(jobs.history(principal, id, most), wanted));
        }
        boolean hasFolds = jobs.hasFolds(principal, id);
        Spool history = spools.write(spool -> {
            try (MetricCsv csv = new MetricCsv(spool, wanted, hasFolds)) {
                if (maxPoints == null) {
                    jobs.history(principal, id, csv::write);
                } else {
                    jobs.history(principal, id, most).points().forEach(csv::write);
                }
            }
        });
        return ResponseEntity.ok()
                .contentType(CSV_ANSWER)
                .contentLength(history.length())
                .body(new InputStreamResource(history.read()));
    }

    private static Set<String> wanted(int maxPoints, @Nullable Set<String> keys) {
        Violations violations = new Violations();
        if (maxPoints < MIN_POINTS || maxPoints > MAX_POINTS) {
            violations.add(
                    "?max_points",
                    "max_points is %d; accepted: a whole number from %d to %d"
                            .formatted(maxPoints, MIN_POINTS, MAX_POINTS));
        }
        Set<String> wanted = keys == null ? MetricColumns.names() : keys;
        wanted.stream()
                .filter(key -> !MetricColumns.names().contains(key))
                .forEach(key -> violations.add(
                        "?keys",
                        "keys has \"%s\"; accepted: %s".formatted(key, String.join(", ", MetricColumns.names()))));
        violations.throwIfAny();
        return wanted;
    }
}
