package dev.descent.request;

import dev.descent.core.Name;
import dev.descent.core.Names;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;

/**
 * Names fields and constants in JSON by their {@link Name}, so that renaming in Java neither changes a response nor
 * makes stored JSON unreadable. A record of ours that lacks one is a programming error.
 */
@Component
class ExplicitNames extends SimpleModule {

    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Introspector());
    }

    private static final class Introspector extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated field) {
            Name name = field.getAnnotation(Name.class);
            if (name != null) {
                return PropertyName.construct(name.value());
            }
            if (field instanceof AnnotatedField component && isOurRecord(component.getDeclaringClass())) {
                throw new IllegalStateException(component.getFullName() + " has no @Name");
            }
            return null;
        }

        @Override
        public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated field) {
            return findNameForSerialization(config, field);
        }

        private static boolean isOurRecord(Class<?> type) {
            return type.isRecord() && type.getName().startsWith("dev.descent.");
        }

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = Names.find(constants[i]).orElse(names[i]);
            }
            return names;
        }
    }
}
