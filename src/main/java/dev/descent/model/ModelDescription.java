package dev.descent.model;

import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import java.util.List;

/**
 * What stands beside the weights: the way from raw columns to inputs, the network with its output layer, and the way from outputs to a prediction.
 */
record ModelDescription(List<ColumnEncoder> encoders, NetworkSpec network, TargetEncoder target) {}
