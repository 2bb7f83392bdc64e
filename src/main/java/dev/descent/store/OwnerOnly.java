package dev.descent.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the data to the user that the service runs as: files are 0600 and directories 0700. File systems without such
 * permissions are left alone.
 */
final class OwnerOnly {

    private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    /** The database, and the directories in which everything else is. */
    private static final String DATABASE = "descent.";

    private static final Set<String> FOLDERS = Set.of("datasets", "matrices", "temporary");

    private OwnerOnly() {}

    /** Creates a directory and its parents where they are missing. */
    static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, attributes(FOLDER));
    }

    /** Creates an empty file if there is none, for somebody else to fill, who would let everybody read it. */
    static void file(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(FILE));
        } catch (FileAlreadyExistsException fine) {
            // It is tightened with the others.
        }
    }

    static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Takes away what earlier versions gave to others. A directory that holds something else as well keeps its own
     * permissions.
     */
    static void tighten(Path home) throws IOException {
        if (!POSIX) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> all = Files.list(home)) {
            entries = all.toList();
        }
        List<Path> own = entries.stream().filter(OwnerOnly::isOwn).toList();
        if (own.size() == entries.size()) {
            tightenOne(home);
        }
        for (Path entry : own) {
            try (Stream<Path> below = Files.walk(entry)) {
                below.forEach(OwnerOnly::tightenOne);
            }
        }
    }

    private static boolean isOwn(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(DATABASE) || FOLDERS.contains(name) || name.equals("token");
    }

    private static void tightenOne(Path path) {
        try {
            // Through a link it would be the permissions of something else.
            boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            if (!isFolder && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            restrict(path, isFolder ? FOLDER : FILE);
        } catch (IOException failure) {
            log.warn("Others may be able to read {}: {}", path, failure.toString());
        }
    }

    /** Takes away whatever is not wanted. */
    static void restrict(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (POSIX && !wanted.containsAll(Files.getPosixFilePermissions(path))) {
            Files.setPosixFilePermissions(path, wanted);
            log.debug("Only its owner can read {} now", path);
        }
    }
}
