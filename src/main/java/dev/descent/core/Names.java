package dev.descent.core;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the {@link Name} of whatever is public or stored. Names are never derived from Java identifiers, so a
 * missing annotation is a programming error.
 */
public final class Names {

    private Names() {}

    /** The name of a variant, such as {@code softmax_cross_entropy}. */
    public static String of(Class<?> type) {
        return required(type.getAnnotation(Name.class), type);
    }

    /** The name of a field, such as {@code batch_size}. */
    public static String of(RecordComponent component) {
        return required(component.getAnnotation(Name.class), component);
    }

    /** The name of a constant, such as {@code glorot_uniform}. */
    public static String of(Enum<?> constant) {
        return find(constant).orElseThrow(() -> new IllegalStateException(constant + " has no @Name"));
    }

    /** The same, or empty if it has none: not every enum is ours. */
    public static Optional<String> find(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            return Optional.ofNullable(field.getAnnotation(Name.class)).map(Name::value);
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The constant with a name. */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("There is no %s %s".formatted(type.getSimpleName(), name)));
    }

    private static String required(@Nullable Name name, Object what) {
        if (name == null) {
            throw new IllegalStateException(what + " has no @Name");
        }
        return name.value();
    }
}
