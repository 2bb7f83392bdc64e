package dev.descent.access.quota;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * What an owner has and does, next to the quotas.
 *
 * @param work of one job, in epochs × rows
 * @param requests of the last minute, to the process that answers
 * @param streams of the process that answers
 */
record Usage(
        @Name("object") String object,
        @Name("owner") String owner,
        @Name("storage") Storage storage,
        @Name("queued_jobs") Use queuedJobs,
        @Name("running_jobs") Use runningJobs,
        @Name("work") Most work,
        @Name("requests") Use requests,
        @Name("streams") Use streams) {

    /**
     * In bytes.
     *
     * @param limit null for none
     */
    record Storage(
            @Name("used") long used,
            @Name("limit") @Nullable Long limit,
            @Name("datasets") long datasets,
            @Name("models") long models,
            @Name("checkpoints") long checkpoints) {}

    /** @param limit null for none */
    record Use(
            @Name("used") long used,
            @Name("limit") @Nullable Long limit) {}

    /** @param limit null for none */
    record Most(@Name("limit") @Nullable Long limit) {}
}
