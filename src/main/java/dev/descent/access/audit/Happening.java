package dev.descent.access.audit;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log says of a request: neither a query nor a body, and no secret.
 *
 * @param begun of an end: the sequence number of the entry of its beginning
 * @param owner null if the request was refused before it was known
 * @param credential the id of the credential, which is no secret
 * @param route the template of the path; null if the request was refused before it was known
 * @param path as it was sent, percent-encoded
 * @param status null at the beginning
 * @param resource the address of what was created
 * @param requests how many requests the entry stands for
 */
record Happening(
        @Name("event") Event event,
        @Name("begun") @Nullable Long begun,
        @Name("owner") @Nullable String owner,
        @Name("credential") @Nullable String credential,
        @Name("method") @Nullable String method,
        @Name("route") @Nullable String route,
        @Name("path") @Nullable String path,
        @Name("remote_address") @Nullable String remoteAddress,
        @Name("status") @Nullable Integer status,
        @Name("resource") @Nullable String resource,
        @Name("requests") int requests) {

    enum Event {
        /** A request that may change something begins. */
        @Name("begun")
        BEGUN,

        /** Such a request was answered. */
        @Name("ended")
        ENDED,

        /** A request was refused: 401, 403 or 421. */
        @Name("refused")
        REFUSED,

        /** More requests were refused than are written down one by one. */
        @Name("refused_more")
        REFUSED_MORE
    }

    /** The end of a request, of which this is the beginning. */
    Happening ended(long sequence, int endStatus, @Nullable String created) {
        return new Happening(
                Event.ENDED,
                sequence,
                owner,
                credential,
                method,
                route,
                path,
                remoteAddress,
                endStatus,
                created,
                requests);
    }

    static Happening refusedMore(int requests) {
        return new Happening(Event.REFUSED_MORE, null, null, null, null, null, null, null, null, null, requests);
    }
}
