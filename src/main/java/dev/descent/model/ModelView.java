package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.principal.Visibility;
import java.time.Instant;

/** A model as clients see it. */
record ModelView(
        @Name("id") String id,
        @Name("object") String object,
        @Name("name") String name,
        @Name("owner") String owner,
        @Name("visibility") Visibility visibility,
        @Name("created_at") Instant createdAt,
        @Name("newest_version") int newestVersion) {

    static ModelView of(Model model) {
        return new ModelView(
                model.getId(),
                "model",
                model.name(),
                model.owner(),
                model.visibility(),
                model.createdAt(),
                model.newestVersion());
    }
}
