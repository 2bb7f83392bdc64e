package dev.descent.request;

import dev.descent.core.ByField;
import dev.descent.core.Names;
import dev.descent.core.Required;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records of a sealed interface that is marked {@link ByField}. */
record Forms(List<Class<?>> types) {

    static Forms of(Class<?> sealedType) {
        return new Forms(List.of(sealedType.getPermittedSubclasses()));
    }

    /** Those of all of them. */
    Set<String> fields() {
        return types.stream()
                .flatMap(type -> SpecReader.fields(type).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The record that these fields are meant as, whatever else they contain; null if their telling fields belong to
     * different ones.
     */
    @Nullable
    Class<?> meantBy(Set<String> given) {
        Set<String> told = types.stream()
                .flatMap(type -> telling(type).stream())
                .filter(given::contains)
                .collect(Collectors.toSet());
        return types.stream()
                .filter(type -> told.containsAll(telling(type))
                        && SpecReader.fields(type).containsAll(told))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> telling(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Required.class))
                .map(Names::of)
                .collect(Collectors.toSet());
    }

    /** The fields of one record or another. */
    String accepted() {
        return types.stream()
                .map(type -> "{%s}".formatted(String.join(", ", SpecReader.fields(type))))
                .collect(Collectors.joining(" or "));
    }
}
