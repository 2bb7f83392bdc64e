package dev.descent.access.web;

import dev.descent.access.SecurityProperties;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes a proxy what it says of its clients: from where they come, and whether their connections are encrypted. A
 * proxy is whoever connects from a private address.
 */
@Component
class ProxyHeaders implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final boolean isBehindProxy;

    ProxyHeaders(SecurityProperties properties) {
        this.isBehindProxy = properties.behindProxy();
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory server) {
        if (isBehindProxy) {
            RemoteIpValve valve = new RemoteIpValve();
            valve.setRemoteIpHeader("X-Forwarded-For");
            valve.setProtocolHeader("X-Forwarded-Proto");
            server.addEngineValves(valve);
        }
    }
}
