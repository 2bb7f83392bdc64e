package dev.descent.dataset;

import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.IllegalBoundaryException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The parts {@code file} and {@code options} of a form, read as they come: the file is written to disk once, where its size and the space that is left are
 * watched.
 */
final class UploadForm implements AutoCloseable {

    private static final int MOST_OPTIONS = 1 << 20;

    /** Of a part: its names may be long. */
    private static final int MOST_HEADERS = 1 << 13;

    private final DatasetFiles files;
    private DatasetFiles.@Nullable Received file;
    private String fileName = "";
    private @Nullable String options;

    private UploadForm(DatasetFiles files) {
        this.files = files;
    }

    /**
     * Reads all of a form; on any failure nothing remains.
     *
     * @throws ProblemException 400 where it is no such form
     */
    static UploadForm read(HttpServletRequest request, DatasetFiles files) throws IOException {
        UploadForm form = new UploadForm(files);
        boolean complete = false;
        try {
            form.readParts(request);
            complete = true;
            return form;
        } catch (FileUploadException
                | MalformedStreamException
                | IllegalBoundaryException
                | InvalidFileNameException malformed) {
            throw unreadable(malformed);
        } finally {
            if (!complete) {
                form.close();
            }
        }
    }

    private void readParts(HttpServletRequest request) throws IOException {
        FileUpload parser = new FileUpload();
        parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
        parser.setPartHeaderSizeMax(MOST_HEADERS);
        FileItemIterator parts = parsed(() -> parser.getItemIterator(new ServletRequestContext(request)));
        while (parsed(parts::hasNext)) {
            read(parts.next());
        }
        if (file == null) {
            throw ProblemException.malformed("The form has no part file");
        }
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /** The parser stumbles over a part that is a form itself, and does not say where its boundary is. */
    private static <T> T parsed(Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (NullPointerException stumbled) {
            throw unreadable(stumbled);
        }
    }

    private static ProblemException unreadable(Exception malformed) {
        return ProblemException.malformed("The form can't be read: " + malformed.getMessage());
    }

    /** Leaves the part open: to close it is to read it to its end, also where it is refused. */
    private void read(FileItemStream part) throws IOException {
        String name = part.getFieldName();
        InputStream content = part.openStream();
        if ("file".equals(name) && file == null) {
            fileName = part.getName() == null ? "" : part.getName();
            file = files.receive(content, fileName.toLowerCase(Locale.ROOT).endsWith(".gz"));
        } else if ("options".equals(name) && options == null) {
            options = text(content);
        } else {
            throw ProblemException.malformed(
                    "The form has a part \"%s\"; accepted: file and options, each once".formatted(name));
        }
    }

    private static String text(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_OPTIONS + 1);
        if (bytes.length > MOST_OPTIONS) {
            throw ProblemException.malformed("The part options is longer than %d bytes".formatted(MOST_OPTIONS));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    DatasetFiles.Received file() {
        if (file == null) {
            throw new IllegalStateException("A form without a fault has a file");
        }
        return file;
    }

    /** As the client calls it; may be empty. */
    String fileName() {
        return fileName;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** JSON, if it is valid; null where there is no such part. */
    @Nullable
    String options() {
        return options;
    }
}
