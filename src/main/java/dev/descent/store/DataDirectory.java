package dev.descent.store;

import dev.descent.problem.StartRefusedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Folders of data. */
public final class DataDirectory {

    private DataDirectory() {}

    /**
     * A folder that there is afterwards, and that can be written to.
     *
     * @throws StartRefusedException where that can't be
     */
    public static Path writable(Path folder) {
        try {
            Path made = Files.createDirectories(folder.toAbsolutePath());
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

    /** Before the database is opened, which would say it in its own way. */
    record BeforeDatabase(Path home) implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof DataSource) {
                writable(home);
            }
            return bean;
        }
    }
}
