package dev.descent.model;

import dev.descent.core.Name;
import java.time.Instant;

/** A model as clients see it. */
record ModelView(
        @Name("object") String object,
        @Name("name") String name,
        @Name("created_at") Instant createdAt,
        @Name("newest_version") int newestVersion) {

    static ModelView of(Model model) {
        return new ModelView("model", model.name(), model.createdAt(), model.newestVersion());
    }
}
