package dev.descent.core.train.examples;

import dev.descent.core.data.split.PartSizes;

/**
 * What determines how much memory a job takes.
 *
 * @param tableRows all rows, including those without a target
 * @param tableBytes the heap that the cells occupy
 * @param rows with a target
 * @param targets the columns to predict
 * @param weighted whether examples have weights
 * @param holdsOut whether the validation part is a fold, whose predictions are kept
 * @param members the number of networks that the model has
 * @param exact whether all numbers are exact; otherwise they, and the widths of the network, are upper bounds
 */
public record DataSize(
        long tableRows,
        long tableBytes,
        long rows,
        PartSizes parts,
        int targets,
        boolean weighted,
        boolean holdsOut,
        int members,
        boolean exact) {}
