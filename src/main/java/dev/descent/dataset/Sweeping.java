package dev.descent.dataset;

import dev.descent.ticker.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Removes what crashes left behind, every hour. */
@Component
class Sweeping {

    Sweeping(Datasets datasets, Ticker ticker) {
        ticker.repeatLater(datasets::sweep, Duration.ofHours(1));
    }
}
