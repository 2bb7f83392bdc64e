package dev.descent.access.web;

import dev.descent.access.SecurityProperties.Auth;
import dev.descent.problem.StartRefusedException;
import java.net.InetAddress;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start where credentials would cross a network in the clear, before anything is created. */
@Component
class BindingCheck implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Environment settings = beans.getBean(Environment.class);
        Binder values = Binder.get(settings);
        InetAddress address = values.bind("server.address", InetAddress.class).orElse(null);
        if (address != null && address.isLoopbackAddress()) {
            return;
        }
        String where = "server.address is %s, which other machines can reach"
                .formatted(settings.getProperty("server.address", "not set"));
        if (values.bind("descent.auth", Auth.class).orElse(Auth.TOKEN) == Auth.NONE) {
            throw new StartRefusedException(
                    where + ", and descent.auth is none: anyone could read, train and delete everything.",
                    "Leave out descent.auth, or listen on 127.0.0.1 alone.");
        }
        boolean isEncrypted = settings.containsProperty("server.ssl.bundle")
                || settings.containsProperty("server.ssl.key-store")
                || settings.containsProperty("server.ssl.certificate");
        if (!isEncrypted && !values.bind("descent.behind-proxy", Boolean.class).orElse(false)) {
            throw new StartRefusedException(
                    where + ", and the connections are not encrypted: tokens and data would be readable on the way.",
                    "Set server.ssl.bundle (docs/security.md shows how), or descent.behind-proxy=true if a proxy in front of this process encrypts them, or listen on 127.0.0.1 alone.");
        }
    }
}
