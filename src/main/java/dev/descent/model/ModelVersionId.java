package dev.descent.model;

import java.io.Serializable;

/** The key of a version: the name of its model, and its number, from 1. */
record ModelVersionId(String modelName, int version) implements Serializable {}
