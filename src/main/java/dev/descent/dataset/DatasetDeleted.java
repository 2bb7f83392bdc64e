package dev.descent.dataset;

/** Published in the transaction that deletes a dataset. */
public record DatasetDeleted(String id) {}
