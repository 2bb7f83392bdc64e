package dev.descent.dataset.profile;

import java.time.Duration;

/**
 * What a file may ask of the profiler.
 *
 * @param time how long reading its rows may take
 */
public record ProfileLimits(int rows, int cells, Duration time) {}
