package dev.descent.job;

import dev.descent.core.nn.Wiring;
import dev.descent.core.train.PreparedData;
import java.util.List;

/** A request that can be carried out. */
record ResolvedTraining(
        Specification specification, PreparedData data, Wiring wiring, long memoryBytes, List<String> warnings) {}
