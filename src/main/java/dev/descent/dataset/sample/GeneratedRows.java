package dev.descent.dataset.sample;

import dev.descent.core.data.RandomStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A generated table as a CSV file, drawn as it is read: a million rows take no more memory than their order does. */
final class GeneratedRows extends InputStream {

    /** As text, before the reader takes it. */
    private static final int CHUNK = 1 << 15;

    private final GeneratedTable table;
    private final double noise;
    private final int[] order;
    private final Draws draws;
    private final StringBuilder text = new StringBuilder(CHUNK + 256);
    private int row;
    private byte[] chunk;
    private int at;

    GeneratedRows(GeneratedTable table, int rows, double noise, long seed) {
        this.table = table;
        this.noise = noise;
        SplittableRandom random = RandomStream.SAMPLE.of(seed);
        this.order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        RandomStream.shuffle(order, random);
        this.draws = new Draws(random);
        this.chunk = (String.join(",", table.columns()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int read() {
        return fill() ? chunk[at++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, count);
        at += count;
        return count;
    }

    /** Returns whether there is anything to read. */
    private boolean fill() {
        if (at < chunk.length) {
            return true;
        }
        text.setLength(0);
        RowText out = new RowText(text);
        while (row < order.length && text.length() < CHUNK) {
            table.draw(order[row], order.length, noise, draws, out);
            out.end();
            row++;
        }
        chunk = text.toString().getBytes(StandardCharsets.US_ASCII);
        at = 0;
        return chunk.length > 0;
    }
}
