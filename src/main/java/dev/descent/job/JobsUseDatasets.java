package dev.descent.job;

import dev.descent.dataset.DatasetUse;
import dev.descent.job.lifecycle.JobStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Prevents the deletion of a dataset that a job still has to read. */
@Component
class JobsUseDatasets implements DatasetUse {

    private static final List<JobStatus> LIVE = Arrays.stream(JobStatus.values())
            .filter(status -> !status.isTerminal())
            .toList();

    private final TrainingJobRepository jobs;

    JobsUseDatasets(TrainingJobRepository jobs) {
        this.jobs = jobs;
    }

    @Override
    public Optional<User> userOf(String datasetId) {
        return jobs.findByDatasetIdAndStatusIn(datasetId, LIVE, Limit.of(1)).stream()
                .findFirst()
                .map(job -> new User("training job " + job.getId(), job.owner()));
    }
}
