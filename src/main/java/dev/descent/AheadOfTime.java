package dev.descent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Starts the packaged service with the beans chosen by its build, unless a setting may require others: the build
 * evaluated every condition against the settings inside the jar. {@code -Dspring.aot.enabled=false} also forces the
 * regular start.
 */
class AheadOfTime implements EnvironmentPostProcessor, Ordered {

    private static final String FOUND_BEANS = DescentApplication.class.getName() + "__ApplicationContextInitializer";

    /** The prefix of Spring Boot's names for property sources that are files inside the jar. */
    private static final String IN_JAR = "Config resource 'class path resource [";

    /** The namespaces of framework settings, which conditions read. Descent's own settings never choose a bean. */
    private static final List<ConfigurationPropertyName> FRAMEWORKS =
            names("spring", "server", "management", "db-scheduler");

    /** Exceptions that no condition reads; each name includes everything below it. */
    private static final List<ConfigurationPropertyName> FREE = names(
            "spring.aot",
            "spring.application",
            "spring.config",
            "spring.context",
            "spring.datasource.driver-class-name",
            "spring.datasource.hikari",
            "spring.datasource.password",
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.lifecycle",
            "spring.output",
            "spring.profiles",
            "spring.ssl",
            "server.address",
            "server.port",
            "server.compression",
            "server.shutdown",
            "server.ssl",
            "server.tomcat");

    private final Log log;

    AheadOfTime(DeferredLogFactory logs) {
        this.log = logs.getLog(AheadOfTime.class);
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Stream.of(names).map(ConfigurationPropertyName::of).toList();
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean packaged = ClassUtils.isPresent(FOUND_BEANS, null);
        if (!packaged || SpringProperties.getProperty(AotDetector.AOT_ENABLED) != null) {
            return;
        }
        Optional<ConfigurationPropertyName> other =
                settings(environment).filter(AheadOfTime::mayChooseBeans).findFirst();
        if (other.isPresent()) {
            log.info("%s may choose other beans than those of the build: finding them anew, which takes longer"
                    .formatted(other.get()));
        } else {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    /** All settings except those inside the jar. */
    private static Stream<ConfigurationPropertyName> settings(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> !source.getName().startsWith(IN_JAR))
                .map(ConfigurationPropertySource::from)
                .flatMap(source ->
                        source instanceof IterableConfigurationPropertySource names ? names.stream() : Stream.empty());
    }

    private static boolean mayChooseBeans(ConfigurationPropertyName name) {
        return isAt(FRAMEWORKS, name) && !isAt(FREE, name);
    }

    private static boolean isAt(List<ConfigurationPropertyName> places, ConfigurationPropertyName name) {
        return places.stream().anyMatch(place -> place.equals(name) || place.isAncestorOf(name));
    }

    /** After all settings have been loaded. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
