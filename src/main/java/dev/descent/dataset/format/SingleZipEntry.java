package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The only file of a zip archive, which is read as it comes. Folders do not count, nor does what macOS adds about a
 * file.
 */
final class SingleZipEntry extends FilterInputStream {

    private static final String ABOUT_FILES = "__MACOSX/";

    /** The first files of Office and OpenDocument files, which are archives, too. */
    private static final List<String> DOCUMENTS = List.of("[Content_Types].xml", "_rels/.rels", "mimetype");

    private final ZipInputStream archive;
    private final String name;
    private boolean atEnd;

    SingleZipEntry(InputStream compressed) throws IOException {
        this(new ZipInputStream(compressed));
    }

    private SingleZipEntry(ZipInputStream archive) throws IOException {
        super(archive);
        this.archive = archive;
        String first = nextFile();
        if (first == null) {
            throw new ZipException("it has no file");
        }
        this.name = first;
        if (DOCUMENTS.contains(first)) {
            throw refused("The file is an Office document; accepted: CSV, as which any such program saves a sheet");
        }
    }

    private @Nullable String nextFile() throws IOException {
        try {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (!entry.isDirectory() && !entry.getName().startsWith(ABOUT_FILES)) {
                    return entry.getName();
                }
            }
            return null;
        } catch (IllegalArgumentException malformedName) {
            throw new ZipException("the name of a file in it is not UTF-8");
        }
    }

    private static ProblemException refused(String detail) {
        return ProblemException.invalid(RowSource.POINTER, detail);
    }

    /** Of the file, with its folder. */
    String name() {
        return name;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (atEnd) {
            return -1;
        }
        int count = archive.read(target, offset, length);
        if (count < 0) {
            atEnd = true;
            String second = nextFile();
            if (second != null) {
                throw refused(
                        "The zip archive has more than one file, \"%.80s\" and \"%.80s\" among them; accepted: an archive with a single file"
                                .formatted(name, second));
            }
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }
}
