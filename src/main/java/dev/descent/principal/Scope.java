package dev.descent.principal;

import dev.descent.core.Name;

/** What a credential allows its holder to do with what the holder may see. */
public enum Scope {
    /** Look at datasets, jobs and models. */
    @Name("read")
    READ,

    /** Create, change and delete datasets, jobs and models. */
    @Name("train")
    TRAIN,

    /** Ask models for predictions. */
    @Name("predict")
    PREDICT,

    /** Everything, with what belongs to anyone, and the service itself: keys, quotas, the audit log. */
    @Name("admin")
    ADMIN
}
