package dev.descent.dataset.format;

import java.util.List;

/**
 * What a file turned out to be.
 *
 * @param warnings what was taken for granted about it
 */
public record Detected(DatasetFormat format, FileLayout layout, List<String> warnings) {}
