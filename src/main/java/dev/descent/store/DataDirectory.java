package dev.descent.store;

import dev.descent.problem.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Data directories. */
public final class DataDirectory {

    private DataDirectory() {}

    /**
     * Ensures that the directory exists and is writable, and makes it the owner's alone if it is new.
     *
     * @throws StartRefusedException if that is impossible
     */
    public static Path writable(Path folder) {
        try {
            Path made = OwnerOnly.folder(folder.toAbsolutePath());
            Files.delete(Files.createTempFile(made, "writable", null));
            return made;
        } catch (IOException failure) {
            throw new StartRefusedException(
                    "The data directory %s can't be used: %s.".formatted(folder, reason(failure)),
                    "Choose one that this user may make and write to, with --descent.home or DESCENT_HOME.");
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : "it can't be written to";
    }

    /**
     * Checks before the database is opened, whose error would be less clear.
     *
     * @param databaseFile of an embedded database in that directory; null if there is none
     */
    record BeforeDatabase(Path home, @Nullable Path databaseFile) implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof DataSource) {
                tighten(writable(home));
            }
            return bean;
        }

        private void tighten(Path folder) {
            try {
                if (databaseFile != null) {
                    OwnerOnly.file(databaseFile);
                }
                OwnerOnly.tighten(folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
