package dev.descent.dataset;

import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.profile.WarmUp;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The threads that read files, shared by uploads and jobs. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ReadingConfiguration.class);

    /** More would take memory for the blocks that they read ahead, and wait for what cannot be split. */
    private static final int MOST_THREADS = 8;

    @Bean
    BlockThreads blockThreads() {
        return new BlockThreads(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /** Once the service is ready: its start does not wait for what only an upload needs. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> uploadWarmUp() {
        return ready -> {
            Thread thread = new Thread(ReadingConfiguration::warmUp, "warm-up-uploads");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** Alone, so that the threads are free for uploads that come in the meantime. */
    private static void warmUp() {
        try {
            WarmUp.run(BlockThreads.alone());
        } catch (IOException noSpace) {
            log.info(
                    "The first upload will take longer, because no file could be written to warm up: {}",
                    noSpace.toString());
        }
    }
}
