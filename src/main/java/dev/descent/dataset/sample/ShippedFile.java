package dev.descent.dataset.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * A CSV file in the directory {@code samples} of the class path; the README there says where each is from.
 *
 * @param description what it is, in a sentence
 * @param classes columns of numbers that are classes
 */
record ShippedFile(String file, int rows, String description, Set<String> classes) implements SampleContent {

    ShippedFile(String file, int rows, String description) {
        this(file, rows, description, Set.of());
    }

    InputStream open() throws IOException {
        InputStream stream = ShippedFile.class.getResourceAsStream("/samples/" + file);
        if (stream == null) {
            throw new IOException("The sample " + file + " is missing in this build");
        }
        return stream;
    }
}
