package dev.descent.request;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Deconstructs and constructs records by reflection. */
final class Defaults {

    private Defaults() {}

    /** The record's static {@code DEFAULT}, if it has one of its own type. */
    static @Nullable Object of(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            boolean isDefault = field.getName().equals("DEFAULT") && Modifier.isStatic(field.getModifiers());
            if (isDefault && type.isAssignableFrom(field.getType())) {
                return call(() -> {
                    field.setAccessible(true);
                    return field.get(null);
                });
            }
        }
        return null;
    }

    static @Nullable Object component(Object instance, RecordComponent component) {
        return call(() -> {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(instance);
        });
    }

    static Object create(Class<?> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object created = call(() -> {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        });
        if (created == null) {
            throw new IllegalStateException("A constructor gave nothing: " + type);
        }
        return created;
    }

    /**
     * Creates a {@link dev.descent.core.Plain} type from its plain form.
     *
     * @throws IllegalArgumentException whose message says what is accepted
     */
    static @Nullable Object ofPlain(Class<?> type, Object value) {
        try {
            Method ofPlain = type.getMethod("ofPlain", Object.class);
            ofPlain.setAccessible(true);
            return ofPlain.invoke(null, value);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static @Nullable Object call(Reflective call) {
        try {
            return call.run();
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(thrown.getCause());
        } catch (ReflectiveOperationException notARecordOfOurs) {
            throw new IllegalStateException(notARecordOfOurs);
        }
    }

    @FunctionalInterface
    private interface Reflective {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }
}
