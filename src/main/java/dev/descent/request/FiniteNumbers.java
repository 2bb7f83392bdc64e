package dev.descent.request;

import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes a number that is not finite as null: JSON cannot represent it, and a string would break clients that expect a
 * number.
 */
@Component
class FiniteNumbers extends SimpleModule {

    private static final long serialVersionUID = 1L;

    FiniteNumbers() {
        addSerializer(Double.class, new Serializer());
        addSerializer(Double.TYPE, new Serializer());
    }

    private static final class Serializer extends ValueSerializer<Double> {

        @Override
        public void serialize(Double number, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeNull();
            }
        }
    }
}
