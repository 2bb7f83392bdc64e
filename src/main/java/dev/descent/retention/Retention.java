package dev.descent.retention;

import dev.descent.dataset.DatasetRemoval;
import dev.descent.job.JobRemoval;
import dev.descent.model.StoredVersions;
import dev.descent.model.StoredVersions.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Applies the rules of owners, one thing in a transaction: whatever stops it, what has gone has gone as a whole, and the
 * next time continues. Each thing is looked at again when its row is locked.
 */
@Service
class Retention {

    /** Of each kind, at a time. */
    static final int MOST = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final StoredRules stored;
    private final StoredVersions versions;
    private final DatasetRemoval datasets;
    private final JobRemoval jobs;
    private final Clock clock;

    Retention(StoredRules stored, StoredVersions versions, DatasetRemoval datasets, JobRemoval jobs, Clock clock) {
        this.stored = stored;
        this.versions = versions;
        this.datasets = datasets;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The rules, with the times that they mean now. */
    private record Limits(RetentionRules rules, Expiry versions, Instant unusedSince, Instant failedBefore) {

        static Limits of(RetentionRules rules, Instant now) {
            Integer kept = rules.newestVersions();
            Instant since = before(now, rules.unusedDays());
            return new Limits(
                    rules,
                    new Expiry(kept == null ? Integer.MAX_VALUE : kept, since),
                    since,
                    before(now, rules.failedJobDays()));
        }

        private static Instant before(Instant now, @Nullable Integer days) {
            return days == null ? Instant.EPOCH : now.minus(Duration.ofDays(days));
        }
    }

    /** What would go now. */
    RetentionReport preview(String owner, RetentionRules rules) {
        return go(owner, rules, "retention.preview", false);
    }

    /** Removes what goes by an owner's stored rules. */
    RetentionReport apply(String owner) {
        return go(owner, stored.of(owner), "retention.result", true);
    }

    void applyAll() {
        for (String owner : stored.owners()) {
            RetentionReport report = apply(owner);
            if (report.versions().count()
                            + report.datasets().count()
                            + report.jobs().count()
                    > 0) {
                log.info(
                        "The rules of {} removed {} versions, {} datasets and {} jobs",
                        owner,
                        report.versions().count(),
                        report.datasets().count(),
                        report.jobs().count());
            }
        }
    }

    private RetentionReport go(String owner, RetentionRules rules, String object, boolean really) {
        Limits limits = Limits.of(rules, clock.instant());
        List<StoredVersions.Stored> oldVersions = versions.expired(owner, limits.versions(), MOST);
        List<DatasetRemoval.Stored> oldDatasets = datasets.unused(owner, limits.unusedSince(), MOST);
        List<JobRemoval.Stored> oldJobs = jobs.failed(owner, limits.failedBefore(), MOST);
        boolean complete = oldVersions.size() < MOST && oldDatasets.size() < MOST && oldJobs.size() < MOST;
        if (really) {
            oldVersions = oldVersions.stream()
                    .filter(version -> versions.deleteExpired(version, limits.versions()))
                    .toList();
            oldDatasets = oldDatasets.stream()
                    .filter(dataset -> datasets.deleteUnused(dataset.id(), limits.unusedSince()))
                    .toList();
            oldJobs = oldJobs.stream().filter(job -> jobs.deleteEnded(job.id())).toList();
        }
        return new RetentionReport(
                object,
                owner,
                rules,
                RetentionReport.Part.of(
                        oldVersions.stream()
                                .map(version -> version(version, limits.versions()))
                                .toList(),
                        RetentionReport.Version::bytes),
                RetentionReport.Part.of(
                        oldDatasets.stream()
                                .map(dataset -> new RetentionReport.Item(
                                        dataset.id(), dataset.bytes(), dataset.lastUsedAt(), List.of("unused_days")))
                                .toList(),
                        RetentionReport.Item::bytes),
                RetentionReport.Part.of(
                        oldJobs.stream()
                                .map(job -> new RetentionReport.Item(
                                        job.id(), job.bytes(), job.finishedAt(), List.of("failed_job_days")))
                                .toList(),
                        RetentionReport.Item::bytes),
                complete);
    }

    private static RetentionReport.Version version(StoredVersions.Stored version, Expiry expiry) {
        List<String> reasons = new ArrayList<>();
        if (expiry.isSurplus(version)) {
            reasons.add("newest_versions");
        }
        if (expiry.isUnused(version)) {
            reasons.add("unused_days");
        }
        return new RetentionReport.Version(
                version.model(), version.version(), version.bytes(), version.lastUsedAt(), reasons);
    }
}
