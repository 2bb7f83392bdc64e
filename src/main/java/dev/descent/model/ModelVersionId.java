package dev.descent.model;

import java.io.Serializable;

/** The key of a version: the id of its model, and its number, from 1. */
public record ModelVersionId(String modelId, int version) implements Serializable {}
