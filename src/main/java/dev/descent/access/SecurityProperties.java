package dev.descent.access;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may reach this process, and how.
 *
 * @param auth whether requests need a credential
 * @param tokenFile the file of the service's own token, written at the first start
 * @param behindProxy whether a proxy in front of this process encrypts the connections of clients
 * @param hosts the names under which clients may address it, in addition to localhost and all IP addresses
 * @param corsOrigins the origins of web pages on other hosts that may call it
 */
@ConfigurationProperties("descent")
public record SecurityProperties(
        @DefaultValue("token") Auth auth,
        Path tokenFile,
        boolean behindProxy,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> corsOrigins) {

    /** Whether requests need a credential. */
    public enum Auth {
        /** They need one. */
        TOKEN,
        /** They need none; for this machine alone. */
        NONE
    }
}
