package dev.descent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, with a profile of its own. */
public final class Browser {

    private static final String COMMAND = "chromium";
    private static final int PATIENCE_SECONDS = 30;

    private final Path profile;

    private Browser(Path profile) {
        this.profile = profile;
    }

    public static boolean isThere() {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, COMMAND))) {
                return true;
            }
        }
        return false;
    }

    public static Browser withNewProfile() {
        return new Browser(TemporaryHome.createEmpty());
    }

    /** The page at an address, as it is once its scripts have run; empty if the browser shows none. */
    public String open(String address) {
        try {
            Path page = Files.createTempFile(profile, "page", ".html");
            Process process = new ProcessBuilder(
                            COMMAND,
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--user-data-dir=" + profile.resolve("profile"),
                            "--virtual-time-budget=10000",
                            "--dump-dom",
                            address)
                    .redirectOutput(page.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // It waits for more of what it shows nothing of, such as a file to save.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return Files.readString(page, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
