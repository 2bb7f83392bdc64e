package dev.descent.settings;

import dev.descent.problem.StartRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a setting that nothing reads or whose value is not accepted, before anything else begins,
 * because whoever wrote it relies on it. An environment variable may belong to another program, so an unknown one is
 * only logged, as it would be in a file or a system property if it is not below {@code descent}.
 */
@Component
class SettingsCheck implements BeanFactoryPostProcessor, PriorityOrdered {

    private static final Logger log = LoggerFactory.getLogger(SettingsCheck.class);
    private static final String VARIABLES = "DESCENT_";

    /** The credential of clients on the same machine. */
    private static final String OF_CLIENTS = "DESCENT_TOKEN";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        // Looked up, because this runs before anything could be injected.
        ConfigurableEnvironment environment = beans.getBean(ConfigurableEnvironment.class);
        List<Setting> all = Setting.of(beans);
        Settings settings = Settings.of(all);
        ClassLoader jars = Objects.requireNonNull(beans.getBeanClassLoader());
        refuse(Stream.concat(unknown(environment, settings), unknownOptions(environment, settings, jars)), settings);
        refuseWhatIsNoOption(environment);
        Binder values = Binder.get(environment);
        refuse(all.stream().flatMap(setting -> setting.fault(values).stream()), settings);
        nameUnknownVariables(environment, settings);
    }

    private static void refuse(Stream<String> faults, Settings settings) {
        SortedSet<String> sentences = faults.collect(Collectors.toCollection(TreeSet::new));
        if (!sentences.isEmpty()) {
            throw new StartRefusedException(
                    String.join("\n", sentences),
                    "Correct it or leave it out. The settings of Descent are " + settings + ".");
        }
    }

    private static Stream<String> unknown(ConfigurableEnvironment environment, Settings settings) {
        return names(environment)
                .filter(name -> !settings.have(name))
                .map(name -> "There is no setting %s; the nearest is %s."
                        .formatted(name, settings.nearest(name.toString())));
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

    private static Stream<String> unknownOptions(
            ConfigurableEnvironment environment, Settings settings, ClassLoader jars) {
        List<String> others = environment.getPropertySources().stream()
                .filter(CommandLinePropertySource.class::isInstance)
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(option ->
                        !Settings.ROOT.isAncestorOf(name(option)) && !FrameworkSettings.USUAL.have(name(option)))
                .toList();
        Settings frameworks = others.isEmpty() ? settings : FrameworkSettings.read(jars);
        return others.stream()
                .filter(option -> !frameworks.have(name(option)) && !isPlaceholder(option, environment))
                .map(option ->
                        "There is no setting %s%s.".formatted(option, meant(name(option), settings, frameworks)));
    }

    private static ConfigurationPropertyName name(String option) {
        return ConfigurationPropertyName.adapt(option, '.');
    }

    private static String meant(ConfigurationPropertyName name, Settings settings, Settings frameworks) {
        return settings.meantBy(name, "", "descent.")
                .or(() -> frameworks.meantBy(name, "", "server."))
                .map(nearest -> "; the nearest is " + nearest)
                .orElse("");
    }

    /** Whether another setting uses it as <code>${option}</code>. */
    private static boolean isPlaceholder(String option, ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()).map(source::getProperty))
                .anyMatch(value -> String.valueOf(value).contains("${" + option));
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
            if (variable.startsWith(VARIABLES) && !variable.equals(OF_CLIENTS) && !settings.haveVariable(variable)) {
                settings.variableMeantBy(variable)
                        .ifPresentOrElse(
                                meant -> log.warn(
                                        "The environment variable {} sets nothing; is {} meant?", variable, meant),
                                () -> log.info("The environment variable {} is no setting of Descent", variable));
            }
        }
    }

    /** Before other checks of settings, which rely on their values. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
