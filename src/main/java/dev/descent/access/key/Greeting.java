package dev.descent.access.key;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Shows a new token once, on the terminal rather than in the log, which is often collected and read by others. After the
 * # no browser sends the token anywhere; the page itself exchanges it for a session.
 */
@Component
class Greeting {

    private final ServiceToken token;
    private final ServiceAddress address;

    Greeting(ServiceToken token, ServiceAddress address) {
        this.token = token;
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        if (token.isNew()) {
            System.out.printf(
                    "%nA token for this service was written to %s and is shown only now:%n%n    %s/docs#token=%s%n%nOther clients: export DESCENT_TOKEN=$(cat %s)%n%n",
                    token.file(), address.url(), token.value(), token.file());
        }
    }
}
