package dev.descent.job;

import dev.descent.job.fold.FoldStore;
import dev.descent.job.fold.FoldSummary;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.ChangeRepository;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.request.RequestHeap;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.PredicateSpecification;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists jobs page by page; those with a long specification as a summary, read one at a time. */
@Service
public class JobList {

    /** The characters of a specification that lists show. */
    private static final int SMALL_SPECIFICATION = 1 << 16;

    private final TrainingJobRepository jobs;
    private final EntityManager entities;
    private final ChangeRepository changes;
    private final FoldStore folds;
    private final JobQueue queue;
    private final JobViews views;
    private final RequestHeap heap;

    JobList(
            TrainingJobRepository jobs,
            EntityManager entities,
            ChangeRepository changes,
            FoldStore folds,
            JobQueue queue,
            JobViews views,
            RequestHeap heap) {
        this.jobs = jobs;
        this.entities = entities;
        this.changes = changes;
        this.folds = folds;
        this.queue = queue;
        this.views = views;
        this.heap = heap;
    }

    /** What is known of a job without reading its specification. */
    private record Size(String id, int specificationLength) {

        boolean isWide() {
            return specificationLength > SMALL_SPECIFICATION;
        }
    }

    /** @param metadata pairs that a job must all have */
    @Transactional(readOnly = true)
    public Listing<TrainingJobView> page(
            Principal principal, Cursor cursor, @Nullable JobStatus status, Map<String, String> metadata) {
        List<Size> found = find(filter(principal, cursor, status, metadata), cursor);
        List<String> narrow =
                found.stream().filter(job -> !job.isWide()).map(Size::id).toList();
        Map<String, TrainingJob> small =
                jobs.findAllById(narrow).stream().collect(Collectors.toMap(TrainingJob::getId, Function.identity()));
        Map<String, Integer> positions = queue.positions();
        // The number of queries does not depend on the number of jobs.
        Map<String, List<Change>> made = changes.findByJobIdInOrderByNumber(small.keySet()).stream()
                .collect(Collectors.groupingBy(change -> change.getId().jobId()));
        Map<String, List<FoldSummary>> done = folds.of(small.keySet());
        return Listing.ofRemaining(
                found,
                cursor,
                job -> job.isWide()
                        ? summary(job, positions)
                        : Optional.ofNullable(small.get(job.id()))
                                .map(read -> views.of(
                                        read,
                                        made.getOrDefault(job.id(), List.of()),
                                        id -> done.getOrDefault(id, List.of()),
                                        positions)));
    }

    private static PredicateSpecification<TrainingJob> filter(
            Principal principal, Cursor cursor, @Nullable JobStatus status, Map<String, String> metadata) {
        List<PredicateSpecification<TrainingJob>> filters = new ArrayList<>();
        filters.add((job, criteria) -> criteria.lessThan(job.get("id"), cursor.before()));
        if (!principal.isAdmin()) {
            filters.add((job, criteria) -> criteria.equal(job.get("owner"), principal.owner()));
        }
        if (status != null) {
            filters.add((job, criteria) -> criteria.equal(job.get("status"), status));
        }
        metadata.forEach((name, value) -> filters.add((job, criteria) -> {
            var pair = job.<TrainingJob, String, String>joinMap("metadata", JoinType.INNER);
            return criteria.and(criteria.equal(pair.key(), name), criteria.equal(pair.value(), value));
        }));
        return PredicateSpecification.allOf(filters);
    }

    private List<Size> find(PredicateSpecification<TrainingJob> filter, Cursor cursor) {
        CriteriaBuilder criteria = entities.getCriteriaBuilder();
        CriteriaQuery<Tuple> query = criteria.createTupleQuery();
        Root<TrainingJob> job = query.from(TrainingJob.class);
        query.select(criteria.tuple(
                        job.get("id"), criteria.function("char_length", Integer.class, job.get("specification"))))
                .where(filter.toPredicate(job, criteria))
                .orderBy(criteria.desc(job.get("id")));
        return entities.createQuery(query).setMaxResults(cursor.limit() + 1).getResultList().stream()
                .map(found -> new Size(found.get(0, String.class), found.get(1, Integer.class)))
                .toList();
    }

    private Optional<TrainingJobView> summary(Size size, Map<String, Integer> positions) {
        heap.reserve(JobViews.heapBytes(size.specificationLength()));
        return jobs.findById(size.id()).map(job -> {
            TrainingJobView summary = views.of(job, changes.findByJobIdOrderByNumber(size.id()), positions)
                    .inList();
            entities.detach(job);
            return summary;
        });
    }
}
