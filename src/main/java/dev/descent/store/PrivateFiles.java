package dev.descent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that only the user of the service can read, where the file system knows users. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * Writes a new file as a whole or not at all, at no time readable by others.
     *
     * @return whether it was written; false if it was there already
     */
    public static boolean create(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path written = Files.createTempFile(folder, "new", null, OwnerOnly.attributes(OwnerOnly.FILE));
        try {
            Files.write(written, text.getBytes(StandardCharsets.UTF_8));
            name(written, file);
            return true;
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return false;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A link is never made in the place of another file, as a move may be. */
    private static void name(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException exists) {
            throw exists;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(written, file);
        }
    }

    /** Takes the rights of everyone else away. */
    public static void restrict(Path file) throws IOException {
        OwnerOnly.restrict(file, OwnerOnly.FILE);
    }
}
