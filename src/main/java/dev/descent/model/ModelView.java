package dev.descent.model;

import java.time.Instant;

/** A model as clients see it. */
record ModelView(String object, String name, Instant createdAt, int newestVersion) {

    static ModelView of(Model model) {
        return new ModelView("model", model.name(), model.createdAt(), model.newestVersion());
    }
}
