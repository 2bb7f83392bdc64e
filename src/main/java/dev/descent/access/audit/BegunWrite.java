package dev.descent.access.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The entry of a beginning, as its request carries it along. */
record BegunWrite(long sequence, Happening happening) {

    private static final String ATTRIBUTE = BegunWrite.class.getName();

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Null if the request is not a write, or has been refused. */
    static @Nullable BegunWrite of(HttpServletRequest request) {
        return (BegunWrite) request.getAttribute(ATTRIBUTE);
    }

    Happening ended(int status, @Nullable String created) {
        return happening.ended(sequence, status, created == null ? null : ObservedRequest.visible(created, 200));
    }
}
