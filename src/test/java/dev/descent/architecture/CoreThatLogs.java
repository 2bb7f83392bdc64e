package dev.descent.architecture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what no class of the core may do, to prove that the rule against it works. */
public final class CoreThatLogs {

    private static final Logger LOG = LoggerFactory.getLogger(CoreThatLogs.class);

    private CoreThatLogs() {}

    static void log() {
        LOG.info("");
    }
}
