package dev.descent.model;

import org.springframework.data.repository.ListCrudRepository;

interface ModelVersionRepository extends ListCrudRepository<ModelVersion, ModelVersionId> {}
