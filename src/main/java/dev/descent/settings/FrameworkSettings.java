package dev.descent.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings that the frameworks read, according to the metadata in their jars. */
final class FrameworkSettings {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** What Spring Boot reads although no metadata lists it; each name includes everything below it. */
    private static final List<String> UNLISTED = List.of(
            "info",
            "logging.expect-correlation-id",
            "management.health",
            "spring.application.json",
            "spring.application.pid",
            "spring.boot.enableautoconfiguration",
            "spring.config.on-not-found",
            "spring.main.environment-prefix",
            "spring.output.ansi.console-available",
            "spring.template.provider.cache");

    /** Those that need no look at the metadata, which would take a noticeable part of most starts. */
    static final Settings USUAL = new Settings(names(List.of(
            "logging.level",
            "server.address",
            "server.port",
            "spring.datasource.password",
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.profiles.active")));

    private FrameworkSettings() {}

    private static List<ConfigurationPropertyName> names(List<String> names) {
        return names.stream().map(ConfigurationPropertyName::of).toList();
    }

    static Settings read(ClassLoader jars) {
        List<ConfigurationPropertyName> names = new ArrayList<>(names(UNLISTED));
        try {
            for (URL metadata : Collections.list(jars.getResources(METADATA))) {
                try (InputStream json = metadata.openStream()) {
                    settings(JsonMapper.shared().readTree(json)).forEach(names::add);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Settings(names);
    }

    /** Without those that are only listed to say that they are no longer read. */
    private static Stream<ConfigurationPropertyName> settings(JsonNode metadata) {
        return metadata.path("properties")
                .valueStream()
                .filter(property ->
                        !property.at("/deprecation/level").asString("").equals("error"))
                .map(property ->
                        ConfigurationPropertyName.of(property.path("name").asString()));
    }
}
