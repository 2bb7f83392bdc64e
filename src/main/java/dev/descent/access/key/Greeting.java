package dev.descent.access.key;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Shows a new token once, on the terminal rather than in the log, which is often collected and read by others. After the
 * # no browser sends the token anywhere; the page itself exchanges it for a session.
 */
@Component
class Greeting {

    private final ServiceToken token;
    private final Environment environment;
    private final ServerProperties server;

    Greeting(ServiceToken token, Environment environment, ServerProperties server) {
        this.token = token;
        this.environment = environment;
        this.server = server;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        if (token.isNew()) {
            String scheme = server.getSsl() != null && server.getSsl().isEnabled() ? "https" : "http";
            System.out.printf(
                    "%nA token for this service was written to %s and is shown only now:%n%n    %s://127.0.0.1:%s/docs#token=%s%n%nOther clients: export DESCENT_TOKEN=$(cat %s)%n%n",
                    token.file(), scheme, environment.getProperty("local.server.port"), token.value(), token.file());
        }
    }
}
