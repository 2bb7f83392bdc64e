package dev.descent.model;

import dev.descent.store.Rows;

interface ModelVersionRepository extends Rows<ModelVersion, ModelVersionId> {}
