package dev.descent.job.worker;

import dev.descent.core.train.Engine;
import dev.descent.dataset.Datasets;
import dev.descent.job.matrix.EncodedMatrices;
import dev.descent.job.resource.JobProperties;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The services shared by all runs in this process. */
@Component
record RunServices(
        Engine engine,
        Datasets datasets,
        EncodedMatrices matrices,
        RunProgress progress,
        RunCheckpoints checkpoints,
        RunCommands commands,
        RunOutcomes outcomes,
        SteadyClock clock,
        JobProperties properties) {

    Duration checkpointInterval() {
        return properties.checkpointInterval();
    }
}
