package dev.descent.access.key;

import java.net.InetAddress;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where whoever started the service reaches it. */
@Component
public class ServiceAddress {

    private final Environment environment;
    private final ServerProperties server;

    ServiceAddress(Environment environment, ServerProperties server) {
        this.environment = environment;
        this.server = server;
    }

    /** Once the service is ready, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        boolean encrypts = server.getSsl() != null && server.getSsl().isEnabled();
        return "%s://%s:%s"
                .formatted(encrypts ? "https" : "http", host(), environment.getProperty("local.server.port"));
    }

    private String host() {
        InetAddress bound = server.getAddress();
        if (bound == null || bound.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String numeric = bound.getHostAddress();
        return numeric.contains(":") ? "[" + numeric + "]" : numeric;
    }
}
