package dev.descent.access.web;

import dev.descent.access.SecurityProperties.Auth;
import dev.descent.problem.StartRefusedException;
import java.net.InetAddress;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start where credentials would cross a network in the clear, before anything is created. */
@Component
class BindingCheck implements BeanFactoryPostProcessor {

    private static final List<String> CERTIFICATES = List.of("bundle", "key-store", "certificate");

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Environment settings = beans.getBean(Environment.class);
        Binder values = Binder.get(settings);
        check("server", values);
        int port = values.bind("management.server.port", Integer.class).orElse(-1);
        if (port >= 0 && port != values.bind("server.port", Integer.class).orElse(-1)) {
            check("management.server", values);
        }
    }

    private static void check(String server, Binder values) {
        boolean isOpen = values.bind("descent.auth", Auth.class).orElse(Auth.TOKEN) == Auth.NONE;
        boolean isBehindProxy =
                values.bind("descent.behind-proxy", Boolean.class).orElse(false);
        InetAddress address =
                values.bind(server + ".address", InetAddress.class).orElse(null);
        if (address != null && address.isLoopbackAddress()) {
            if (isOpen && isBehindProxy) {
                throw openToAll("descent.behind-proxy is true, so that others reach this process through a proxy");
            }
            return;
        }
        String where = "%s.address is %s, which other machines can reach"
                .formatted(
                        server,
                        values.bind(server + ".address", String.class)
                                .map(text -> text.isBlank() ? "not set" : text)
                                .orElse("not set"));
        if (isOpen) {
            throw openToAll(where);
        }
        if (!isEncrypted(server + ".ssl.", values) && !isBehindProxy) {
            throw new StartRefusedException(
                    where + ", and the connections are not encrypted: tokens and data would be readable on the way.",
                    "Set %s.ssl.bundle (docs/security.md shows how), or descent.behind-proxy=true if a proxy in front of this process encrypts them, or listen on 127.0.0.1 alone."
                            .formatted(server));
        }
    }

    private static StartRefusedException openToAll(String where) {
        return new StartRefusedException(
                where + ", and descent.auth is none: anyone could read, train and delete everything.",
                "Leave out descent.auth, or listen on 127.0.0.1 alone, without a proxy.");
    }

    private static boolean isEncrypted(String ssl, Binder values) {
        return values.bind(ssl + "enabled", Boolean.class).orElse(true)
                && CERTIFICATES.stream()
                        .anyMatch(setting -> values.bind(ssl + setting, String.class)
                                .map(text -> !text.isBlank())
                                .orElse(false));
    }
}
