package dev.descent.architecture;

import dev.descent.core.Name;
import dev.descent.core.Plain;
import dev.descent.core.Unwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What clients see or what is stored: some types, and all records and enums of ours within them. */
public final class PublicTypes {

    private final Set<Class<?>> found = new LinkedHashSet<>();

    public void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> single && isOurs(single) && found.add(single)) {
            if (single.isSealed()) {
                Arrays.stream(single.getPermittedSubclasses()).forEach(this::add);
            }
            if (single.isRecord()) {
                Arrays.stream(single.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(this::add);
            }
        }
    }

    /** A {@link Plain} type has no fields in JSON. */
    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.descent.") && !Plain.class.isAssignableFrom(type);
    }

    /** Components and constants that would fall back to their Java names, and change with them. */
    public List<String> withoutName() {
        List<String> forgotten = new ArrayList<>();
        for (Class<?> type : found) {
            if (type.isRecord()) {
                Arrays.stream(type.getRecordComponents())
                        .filter(component -> !component.isAnnotationPresent(Name.class))
                        .filter(component -> !component.isAnnotationPresent(Unwrapped.class))
                        .forEach(component -> forgotten.add(type.getSimpleName() + "." + component.getName()));
            }
            if (type.isEnum()) {
                Arrays.stream(type.getFields())
                        .filter(field -> field.isEnumConstant() && !field.isAnnotationPresent(Name.class))
                        .forEach(constant -> forgotten.add(type.getSimpleName() + "." + constant.getName()));
            }
        }
        return forgotten;
    }
}
