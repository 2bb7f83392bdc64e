package dev.descent.core.train.examples;

import dev.descent.core.data.PartSizes;

/**
 * As much of the data as decides how much memory a job takes.
 *
 * @param tableRows all rows, those without a target among them
 * @param tableBytes the heap that the cells take
 * @param rows with a target
 * @param targets the columns to predict
 * @param weighted whether examples don't all count the same
 * @param exact whether all of it is; else the numbers are the most that they can be, as are the widths of the network
 */
public record DataSize(
        long tableRows, long tableBytes, long rows, PartSizes parts, int targets, boolean weighted, boolean exact) {}
