package dev.descent.dataset.sample;

/** Where the rows of a sample come from. */
sealed interface SampleContent permits ShippedFile, GeneratedTable {}
