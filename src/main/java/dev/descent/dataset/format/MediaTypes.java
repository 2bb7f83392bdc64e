package dev.descent.dataset.format;

/** The media types of dataset files. */
public final class MediaTypes {

    public static final String CSV = "text/csv";
    public static final String TSV = "text/tab-separated-values";

    public static final String NDJSON = "application/x-ndjson";

    public static final String PARQUET = "application/vnd.apache.parquet";

    private MediaTypes() {}
}
