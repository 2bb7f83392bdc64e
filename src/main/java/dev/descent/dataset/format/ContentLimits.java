package dev.descent.dataset.format;

/**
 * What the content of an upload may be.
 *
 * @param bytes its maximum size after decompression
 * @param ratio how many times as long as the compressed stream it may be
 * @param ratioFrom content up to this size may have any ratio
 */
public record ContentLimits(long bytes, int ratio, long ratioFrom) {

    /** Anything. */
    static final ContentLimits NONE = new ContentLimits(Long.MAX_VALUE, 1, Long.MAX_VALUE);
}
