package dev.descent.access.quota;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** So many requests of an owner that wait for a change at the same time, in this process. */
@Component
class StreamQuota {

    private final int quota;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    StreamQuota(QuotaProperties properties) {
        this.quota = properties.streams();
    }

    /** 0 means without limit. */
    int quota() {
        return quota;
    }

    int used(String owner) {
        return open.getOrDefault(owner, 0);
    }

    /** Whether there was room for one more, which {@link #leave} ends. */
    boolean enter(String owner) {
        boolean isRefused = quota > 0 && open.merge(owner, 1, Integer::sum) > quota;
        if (isRefused) {
            leave(owner);
        }
        return !isRefused;
    }

    void leave(String owner) {
        open.computeIfPresent(owner, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Leaves at the end of a request that goes on without a thread. */
    void leaveAfter(HttpServletRequest request, String owner) {
        request.getAsyncContext().addListener(new Leaving(owner));
    }

    private final class Leaving implements AsyncListener {

        private final String owner;
        private final AtomicBoolean hasLeft = new AtomicBoolean();

        Leaving(String owner) {
            this.owner = owner;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (!hasLeft.getAndSet(true)) {
                leave(owner);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It is answered then, and completes.
        }

        @Override
        public void onError(AsyncEvent event) {
            onComplete(event);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
