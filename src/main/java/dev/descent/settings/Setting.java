package dev.descent.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.unit.DataSize;

/** A setting of Descent: a component of a record annotated with {@link ConfigurationProperties}. */
record Setting(ConfigurationPropertyName name, RecordComponent component) {

    static List<Setting> of(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanDefinitionNames())
                // Spring names such a bean after its prefix. The types of other beans are not queried, because that may
                // instantiate them.
                .filter(bean -> bean.startsWith(Settings.ROOT.toString()))
                .flatMap(bean -> Stream.ofNullable(beans.getType(bean, false)))
                .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                .flatMap(type -> components(prefix(type), type))
                .toList();
    }

    private static ConfigurationPropertyName prefix(Class<?> type) {
        return ConfigurationPropertyName.of(
                type.getAnnotation(ConfigurationProperties.class).value());
    }

    private static Stream<Setting> components(ConfigurationPropertyName prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> component(prefix, component));
    }

    private static Stream<Setting> component(ConfigurationPropertyName prefix, RecordComponent component) {
        ConfigurationPropertyName name = prefix.append(DataObjectPropertyName.toDashedForm(component.getName()));
        return component.getType().isRecord()
                ? components(name, component.getType())
                : Stream.of(new Setting(name, component));
    }

    /** What is wrong with its value, as a sentence. */
    Optional<String> fault(Binder values) {
        String text = values.bind(name, Bindable.of(String.class)).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        if (text.isBlank()) {
            return Optional.of("%s is empty; accepted: %s.".formatted(name, accepted()));
        }
        return isAccepted(values)
                ? Optional.empty()
                : Optional.of("%s is \"%s\"; accepted: %s.".formatted(name, text, accepted()));
    }

    private boolean isAccepted(Binder values) {
        Object value;
        try {
            value = values.bind(name, Bindable.of(component.getType())).get();
        } catch (BindException unreadable) {
            return false;
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            return (least() == null || number >= least()) && (most() == null || number <= most());
        }
        if (value instanceof Duration duration) {
            return !duration.isNegative() && !(isAboveZero() && duration.isZero());
        }
        return !(value instanceof DataSize size && size.isNegative());
    }

    private String accepted() {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class) {
            return "a whole number" + (least() == null ? "" : " from " + least())
                    + (most() == null ? "" : " to " + most());
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return (isAboveZero() ? "a duration above zero" : "a duration") + ", such as 10s or 500ms";
        }
        if (type == DataSize.class) {
            return "a size such as 512MB or 4GB";
        }
        if (type == List.class) {
            return "words with commas between them";
        }
        return type == Path.class ? "a path" : "a word";
    }

    private @Nullable Long least() {
        Min least = component.getAccessor().getAnnotation(Min.class);
        return least == null ? null : least.value();
    }

    private @Nullable Long most() {
        Max most = component.getAccessor().getAnnotation(Max.class);
        return most == null ? null : most.value();
    }

    private boolean isAboveZero() {
        return component.getAccessor().isAnnotationPresent(DurationMin.class);
    }
}
