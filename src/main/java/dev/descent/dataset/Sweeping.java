package dev.descent.dataset;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What crashes left behind is removed every hour, by one of the processes. */
@Configuration
class Sweeping {

    @Bean
    Task<Void> sweepingOfDatasets(Datasets datasets) {
        return Tasks.recurring("sweeping-of-datasets", FixedDelay.ofHours(1))
                .execute((instance, context) -> datasets.sweep());
    }
}
