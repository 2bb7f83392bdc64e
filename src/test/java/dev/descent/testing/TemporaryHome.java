package dev.descent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each application context its own data directory below the build directory. */
public final class TemporaryHome implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("temporary home", Map.of("descent.home", create().toString())));
    }

    /** A new directory with nothing but {@link TestToken}; {@code mvn clean} removes it. */
    public static Path create() {
        try {
            Path home = createEmpty();
            TestToken.write(home);
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A new empty directory, in which the service finds no token. */
    public static Path createEmpty() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "homes").toAbsolutePath()), "home");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
