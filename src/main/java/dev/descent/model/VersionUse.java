package dev.descent.model;

import java.util.Map;

/** A feature that names versions of models and thus prevents their deletion, such as an alias. */
public interface VersionUse {

    /**
     * The versions of a model that must stay.
     *
     * @return by number, what names each, such as {@code alias champion}; called in the transaction that deletes as well
     */
    Map<Integer, String> usersOf(String modelId);
}
