package dev.descent.dataset;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what crashes left behind, every hour. */
@Component
@EnableScheduling
class Sweeping {

    private final Datasets datasets;

    Sweeping(Datasets datasets) {
        this.datasets = datasets;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void sweep() {
        datasets.sweep();
    }
}
