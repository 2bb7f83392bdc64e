package dev.descent.retention;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applies everyone's rules every hour, in one of the processes that train. */
@Configuration
class RetentionTask {

    @Bean
    Task<Void> recurringRetention(Retention retention) {
        return Tasks.recurring("retention", FixedDelay.ofHours(1)).execute((instance, context) -> retention.applyAll());
    }
}
