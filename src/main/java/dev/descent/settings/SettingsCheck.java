package dev.descent.settings;

import dev.descent.problem.StartRefusedException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a setting that nothing reads, before anything else begins, because whoever wrote it relies on
 * it. An environment variable may belong to another program, so it is only logged.
 */
@Component
class SettingsCheck implements BeanFactoryPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(SettingsCheck.class);
    private static final String VARIABLES = "DESCENT_";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        // Looked up, because this runs before anything could be injected.
        ConfigurableEnvironment environment = beans.getBean(ConfigurableEnvironment.class);
        Settings settings = Settings.of(beans);
        refuseUnknown(environment, settings);
        refuseWhatIsNoOption(environment);
        nameUnknownVariables(environment, settings);
    }

    private static void refuseUnknown(ConfigurableEnvironment environment, Settings settings) {
        SortedSet<String> unknown = names(environment)
                .filter(name -> !settings.have(name))
                .map(ConfigurationPropertyName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new StartRefusedException(
                    unknown.stream()
                            .map(name -> "There is no setting %s; the nearest is %s."
                                    .formatted(name, settings.nearest(name)))
                            .collect(Collectors.joining("\n")),
                    "Correct it or leave it out. The settings of Descent are " + settings + ".");
        }
    }

    /** Everything that is set for Descent on the command line, in files or by system properties. */
    private static Stream<ConfigurationPropertyName> names(ConfigurableEnvironment environment) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(Settings.ROOT::isAncestorOf);
    }

    /** {@code descent.workers=2} without hyphens would otherwise be ignored. */
    private static void refuseWhatIsNoOption(ConfigurableEnvironment environment) {
        String words = environment.getProperty(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME);
        if (words != null) {
            throw new StartRefusedException(
                    "The command line says %s, which sets nothing.".formatted(words),
                    "Write settings as --name=value, such as --descent.workers=2.");
        }
    }

    private static void nameUnknownVariables(ConfigurableEnvironment environment, Settings settings) {
        for (String variable : environment.getSystemEnvironment().keySet()) {
            if (variable.startsWith(VARIABLES) && !settings.haveVariable(variable)) {
                settings.meantBy(variable)
                        .ifPresentOrElse(
                                meant -> log.warn(
                                        "The environment variable {} sets nothing; is {} meant?", variable, meant),
                                () -> log.info("The environment variable {} is no setting of Descent", variable));
            }
        }
    }
}
