package dev.descent.dataset;

import dev.descent.dataset.block.BlockThreads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The threads that read files, shared by uploads and jobs. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {

    /** More would take memory for the blocks that they read ahead, and wait for what cannot be split. */
    private static final int MOST_THREADS = 8;

    @Bean
    BlockThreads blockThreads() {
        return new BlockThreads(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }
}
