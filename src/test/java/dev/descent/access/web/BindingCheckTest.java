package dev.descent.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.descent.problem.StartRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class BindingCheckTest {

    private static final Map<String, Boolean> ADDRESSES = Map.of(
            "",
            false,
            "0.0.0.0",
            false,
            "::",
            false,
            "192.0.2.7",
            false,
            "127.0.0.1",
            true,
            "127.8.9.1",
            true,
            "::1",
            true,
            "localhost",
            true);

    private static final Map<Map<String, String>, Boolean> ENCRYPTION = Map.of(
            Map.of(), false,
            Map.of("server.ssl.bundle", "web"), true,
            Map.of("server.ssl.key-store", "a.p12"), true,
            Map.of("server.ssl.certificate", "a.pem"), true,
            Map.of("server.ssl.bundle", "web", "server.ssl.enabled", "true"), true,
            Map.of("server.ssl.bundle", "web", "server.ssl.enabled", "false"), false,
            Map.of("server.ssl.bundle", ""), false,
            Map.of("server.ssl.protocol", "TLS"), false);

    /** In words; null if it starts. */
    private static @Nullable String refusal(Map<String, String> settings) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        return refusal(environment);
    }

    private static @Nullable String refusal(org.springframework.core.env.Environment environment) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("environment", environment);
        Throwable thrown = catchThrowable(() -> new BindingCheck().postProcessBeanFactory(beans));
        if (thrown == null) {
            return null;
        }
        assertThat(thrown).isInstanceOf(StartRefusedException.class);
        return thrown.getMessage();
    }

    private static void put(Map<String, String> settings, String name, String value) {
        if (!value.isEmpty()) {
            settings.put(name, value);
        }
    }

    @Test
    void everyCombinationIsDecided() {
        List<String> refusals = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, Boolean> address : ADDRESSES.entrySet()) {
            for (Map.Entry<Map<String, String>, Boolean> encryption : ENCRYPTION.entrySet()) {
                for (String proxy : List.of("", "false", "true")) {
                    for (String auth : List.of("", "token", "none")) {
                        Map<String, String> settings = new HashMap<>(encryption.getKey());
                        put(settings, "server.address", address.getKey());
                        put(settings, "descent.behind-proxy", proxy);
                        put(settings, "descent.auth", auth);
                        boolean isProxied = proxy.equals("true");
                        boolean isReached = !address.getValue() || isProxied;
                        boolean isClear = !address.getValue() && !encryption.getValue() && !isProxied;
                        boolean isRefused = isClear || (isReached && auth.equals("none"));
                        String refusal = refusal(settings);
                        assertThat(refusal != null).as(settings.toString()).isEqualTo(isRefused);
                        if (refusal != null) {
                            assertThat(refusal)
                                    .contains(auth.equals("none") ? "descent.auth is none" : "are not encrypted");
                            refusals.add(refusal);
                        }
                        count++;
                    }
                }
            }
        }
        assertThat(count).isEqualTo(8 * 8 * 9);
        assertThat(refusals).hasSizeLessThan(count);
    }

    @ParameterizedTest
    @CsvSource({
        "8081, , , true",
        "8081, 127.0.0.1, , false",
        "8081, 0.0.0.0, , true",
        "8081, 0.0.0.0, web, false",
        "-1, 0.0.0.0, , false",
        "8080, , , false",
        ", 0.0.0.0, , false",
    })
    void anotherPortForTheOperatorsIsHeldToTheSame(
            @Nullable String port, @Nullable String address, @Nullable String bundle, boolean isRefused) {
        Map<String, String> settings = new HashMap<>(Map.of("server.address", "127.0.0.1", "server.port", "8080"));
        put(settings, "management.server.port", port == null ? "" : port);
        put(settings, "management.server.address", address == null ? "" : address);
        put(settings, "management.server.ssl.bundle", bundle == null ? "" : bundle);
        assertThat(refusal(settings) != null).isEqualTo(isRefused);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_SSL_BUNDLE, web, true",
        "SERVER_SSL_KEYSTORE, a.p12, true",
        "SERVER_SSL_KEY_STORE, a.p12, true",
        "DESCENT_BEHINDPROXY, true, true",
        "DESCENT_BEHIND_PROXY, true, true",
        "DESCENT_BEHIND_PROXY, false, false",
    })
    void environmentVariablesCountAsMuch(String variable, String value, boolean starts) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("SERVER_ADDRESS", "0.0.0.0", variable, value)));
        assertThat(refusal(environment) == null).isEqualTo(starts);
    }
}
