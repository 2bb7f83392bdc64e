package dev.descent.dataset;

import dev.descent.ticker.Ticker;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Removes what crashes left behind, every hour. */
@Component
class Sweeping implements DisposableBean {

    private final ScheduledFuture<?> sweeps;

    Sweeping(Datasets datasets, Ticker ticker) {
        this.sweeps = ticker.repeatLater(datasets::sweep, Duration.ofHours(1));
    }

    @Override
    public void destroy() {
        sweeps.cancel(false);
    }
}
