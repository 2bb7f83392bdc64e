package dev.descent.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;

/** What a class of the core must never look like: ArchitectureTest holds its rule against it. */
record CoreBreaker(Resource file, JsonNode json) {

    private static final Logger log = LoggerFactory.getLogger(CoreBreaker.class);

    CoreBreaker {
        log.info("A core that logs");
    }
}
