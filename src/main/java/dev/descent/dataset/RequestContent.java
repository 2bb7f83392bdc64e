package dev.descent.dataset;

import dev.descent.dataset.format.Compression;
import dev.descent.dataset.format.Content;
import dev.descent.dataset.format.ContentLimits;
import dev.descent.dataset.format.RowLimits;
import dev.descent.request.ContentEncoding;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** The file that is the body of a request: decompressed, and within the limits of an upload. */
@Component
public class RequestContent {

    private final ContentLimits limits;

    RequestContent(DatasetProperties properties) {
        this.limits = properties.upload().ofContent(properties.maxUploadSize());
    }

    /** @throws dev.descent.problem.ProblemException 415 for an encoding that is not known; while it is read, 413 and 422 */
    public InputStream open(HttpServletRequest request) throws IOException {
        return Content.open(request.getInputStream(), Compression.of(ContentEncoding.of(request)), limits);
    }

    /** Of the rows in it. */
    public RowLimits ofRows() {
        return RowLimits.of(limits);
    }
}
