package dev.descent.retention;

import dev.descent.dataset.DatasetRemoval;
import dev.descent.job.JobRemoval;
import dev.descent.model.StoredVersions;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Removes what was made from a file, one thing in a transaction and the datasets last: whatever stops it, a repetition
 * finds the rest.
 */
@Service
class Erasures {

    private static final Logger log = LoggerFactory.getLogger(Erasures.class);

    /** Of each kind, in an answer. */
    private static final int LISTED = 1_000;

    private final DatasetRemoval datasets;
    private final JobRemoval jobs;
    private final StoredVersions versions;

    Erasures(DatasetRemoval datasets, JobRemoval jobs, StoredVersions versions) {
        this.datasets = datasets;
        this.jobs = jobs;
        this.versions = versions;
    }

    /** @throws ProblemException 409 if a live job still needs a dataset */
    Erasure erase(Principal principal, ErasureRequest request) {
        List<String> ever = datasets.everWithDigest(request.datasetSha256());
        List<DatasetRemoval.Stored> ownDatasets = datasets.withDigest(request.datasetSha256()).stream()
                .filter(dataset -> principal.owns(dataset.owner()))
                .toList();
        List<JobRemoval.Stored> ownJobs = jobs.readersOf(ever).stream()
                .filter(job -> principal.owns(job.owner()))
                .toList();
        List<StoredVersions.Stored> ownVersions = versions.madeFrom(ever).stream()
                .filter(version -> principal.owns(version.owner()))
                .toList();
        List<JobRemoval.Stored> live =
                ownJobs.stream().filter(job -> !job.ended()).toList();
        List<JobRemoval.Stored> ended =
                ownJobs.stream().filter(JobRemoval.Stored::ended).toList();
        if (request.isReal()) {
            if (!live.isEmpty()) {
                throw ProblemException.conflict("Jobs still train on the file; cancel them first: "
                        + live.stream().map(JobRemoval.Stored::id).limit(10).collect(Collectors.joining(", ")));
            }
            ownVersions = ownVersions.stream().filter(versions::delete).toList();
            ended = ended.stream().filter(job -> jobs.deleteEnded(job.id())).toList();
            ownDatasets.forEach(dataset -> datasets.delete(principal, dataset.id()));
            log.info(
                    "Erased {} datasets, {} jobs and {} versions made from the file {}",
                    ownDatasets.size(),
                    ended.size(),
                    ownVersions.size(),
                    request.datasetSha256());
        }
        return new Erasure(
                "erasure",
                request.datasetSha256(),
                !request.isReal(),
                ownDatasets.size(),
                ended.size(),
                ownVersions.size(),
                ownDatasets.stream().mapToLong(DatasetRemoval.Stored::bytes).sum()
                        + ended.stream().mapToLong(JobRemoval.Stored::bytes).sum()
                        + ownVersions.stream()
                                .mapToLong(StoredVersions.Stored::bytes)
                                .sum(),
                ownDatasets.stream()
                        .map(DatasetRemoval.Stored::id)
                        .limit(LISTED)
                        .toList(),
                ended.stream().map(JobRemoval.Stored::id).limit(LISTED).toList(),
                ownVersions.stream()
                        .map(version -> new Erasure.Version(version.model(), version.owner(), version.version()))
                        .limit(LISTED)
                        .toList(),
                live.stream().map(JobRemoval.Stored::id).limit(LISTED).toList());
    }
}
