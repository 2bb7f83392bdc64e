package dev.descent.store;

import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** Disks for tests of other packages. */
public final class DiskSpaces {

    private DiskSpaces() {}

    public static DiskSpace of(Path home, DataSize minFree) {
        return new DiskSpace(new DiskSpace.Settings(home, minFree));
    }
}
