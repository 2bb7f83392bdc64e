package dev.descent.job.history;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Converts metrics to the JSON object in which they are stored; numbers are restored to the bit. */
@Converter
public class StoredMetrics implements AttributeConverter<Map<String, Double>, String> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Double>> TYPE = new TypeReference<>() {};

    @Override
    public String convertToDatabaseColumn(Map<String, Double> metrics) {
        return JSON.writeValueAsString(metrics);
    }

    @Override
    public Map<String, Double> convertToEntityAttribute(String json) {
        return JSON.readValue(json, TYPE);
    }
}
