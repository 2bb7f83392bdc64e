package dev.descent.store;

import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** Disk spaces for tests in other packages. */
public final class DiskSpaces {

    private DiskSpaces() {}

    public static DiskSpace of(Path home, DataSize minFree) {
        return new DiskSpace(new DiskSpace.Settings(home, minFree));
    }
}
