package dev.descent.job.specification;

import dev.descent.dataset.Datasets;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.TableHeap;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Checks more than the submission of a job does: looks into the data, as far as a time limit allows. */
@Component
public class TrainingValidator {

    private final SpecificationResolver resolver;
    private final Datasets datasets;
    private final TableHeap tables;
    private final Duration limit;
    private final LongSupplier nanoseconds;

    @Autowired
    TrainingValidator(SpecificationResolver resolver, Datasets datasets, TableHeap tables, JobProperties properties) {
        this(resolver, datasets, tables, properties.validateLimit(), System::nanoTime);
    }

    TrainingValidator(
            SpecificationResolver resolver,
            Datasets datasets,
            TableHeap tables,
            Duration limit,
            LongSupplier nanoseconds) {
        this.resolver = resolver;
        this.datasets = datasets;
        this.tables = tables;
        this.limit = limit;
        this.nanoseconds = nanoseconds;
    }

    /**
     * The job that a request would create, as it will be once it has started; if the time limit is reached, as it will
     * be until then.
     *
     * @throws ProblemException 422 with every violation found; 503 if too many tables are being read at the same time
     */
    public ResolvedTraining validate(Principal principal, JsonNode body) {
        ResolvedTraining training = resolver.resolve(principal, body);
        Specification specification = training.specification();
        long heap = MemoryAdmission.heapToPrepare(specification, datasets.get(principal, specification.dataset()));
        return tables.use(heap, () -> look(training));
    }

    private ResolvedTraining look(ResolvedTraining training) {
        Runnable deadline = deadline();
        Specification specification = training.specification();
        PreparedTraining prepared;
        try {
            prepared = PreparedTraining.of(specification, specification.read(datasets, deadline), deadline);
            prepared.requireBatches();
        } catch (DeadlineException over) {
            return training.with(
                    "%s, too little to read the data: parameter_count and warnings are those of its profile, and what is wrong with the data itself ends the job when it starts"
                            .formatted(over.getMessage()));
        } catch (UnfitTrainingException unfit) {
            Violations violations = new Violations();
            violations.addAll(unfit.violations());
            violations.throwIfAny();
            throw unfit;
        }
        ResolvedTraining read = training.with(prepared);
        try {
            return read.with(prepared.warnings(deadline));
        } catch (DeadlineException over) {
            return read.with(
                    "%s, too little to look for rare classes, leaks and duplicates: the job does when it starts"
                            .formatted(over.getMessage()));
        }
    }

    private Runnable deadline() {
        long start = nanoseconds.getAsLong();
        return () -> {
            if (nanoseconds.getAsLong() - start >= limit.toNanos()) {
                throw new DeadlineException(limit);
            }
        };
    }

    private static final class DeadlineException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeadlineException(Duration limit) {
            super("There were %s s (descent.validate-limit)".formatted(limit.toMillis() / 1e3));
        }
    }
}
