package dev.descent.job;

import dev.descent.core.Names;
import dev.descent.core.train.evaluate.HeldOutPredictions;
import dev.descent.job.fold.FoldStore;
import dev.descent.job.fold.FoldSummary;
import dev.descent.job.fold.OutOfFoldCsv;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.TableHeap;
import dev.descent.job.specification.Specification;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.store.Spool;
import dev.descent.store.Spools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** What the folds of a cross-validation say of the rows that they held out. */
@Service
class OutOfFoldPredictions {

    /** As read by the driver, and as kept. */
    private static final int COPIES = 2;

    private final TrainingJobs jobs;
    private final FoldStore folds;
    private final TableHeap tables;
    private final Spools spools;

    OutOfFoldPredictions(TrainingJobs jobs, FoldStore folds, TableHeap tables, Spools spools) {
        this.jobs = jobs;
        this.folds = folds;
        this.tables = tables;
        this.spools = spools;
    }

    /**
     * The predictions for all rows in each repeat, as CSV.
     *
     * @throws ProblemException 409 for a job that has no folds or has not succeeded
     */
    Spool write(Principal principal, String id) throws IOException {
        TrainingJobs.Submitted job = jobs.submitted(principal, id);
        Specification specification = job.specification();
        if (!specification.isCrossValidation()) {
            throw ProblemException.conflict(
                    "Job %s has no folds; out-of-fold predictions are of a split such as {\"folds\": 5}".formatted(id));
        }
        if (job.status() != JobStatus.SUCCEEDED) {
            throw ProblemException.conflict("Job %s is %s; out-of-fold predictions are of a job that has succeeded"
                    .formatted(id, Names.of(job.status())));
        }
        List<FoldSummary> done = folds.of(id);
        return spools.write(spool -> {
            try (OutOfFoldCsv csv = new OutOfFoldCsv(spool, specification.targets())) {
                int ofARepeat = specification.foldsOfARepeat();
                for (int from = 0; from < done.size(); from += ofARepeat) {
                    write(csv, 1 + from / ofARepeat, done.subList(from, from + ofARepeat), specification);
                }
            }
        });
    }

    private void write(OutOfFoldCsv csv, int repeat, List<FoldSummary> ofRepeat, Specification specification) {
        FoldSummary first = ofRepeat.get(0);
        long bytes = folds.bytes(first.jobId(), first.fit(), first.fit() + ofRepeat.size());
        tables.use(COPIES * bytes, () -> {
            List<HeldOutPredictions> read = new ArrayList<>();
            try {
                ofRepeat.forEach(fold ->
                        read.add(folds.predictions(fold, specification.targets().size())));
                csv.write(repeat, read);
            } finally {
                read.forEach(HeldOutPredictions::close);
            }
            return repeat;
        });
    }
}
