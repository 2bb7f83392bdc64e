package dev.descent.model;

import java.io.Serializable;

/** The key of a version: its model's name, and its number from 1. */
record ModelVersionId(String modelName, int version) implements Serializable {}
