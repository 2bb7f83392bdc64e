package dev.descent.dataset.block;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a file in their order, of which a few are read ahead by helpers. What they take in memory is used
 * again.
 *
 * @param <B> what comes of a block
 */
public final class Blocks<B> implements AutoCloseable {

    /** Small enough that what comes of it stays in a core's cache while its columns are looked at. */
    public static final int BYTES = 1 << 18;

    /** What a block takes at most, usually: its bytes, as characters, and where its cells end. */
    private static final int HEAP_PER_BLOCK = 8 * BYTES;

    private final InputStream in;
    private final BlockCutter cutter;
    private final BlockParser<B> parser;
    private final BlockThreads threads;
    private final int blockBytes;
    private final Queue<Block<B>> ahead = new ArrayDeque<>();
    private final Queue<Block<B>> free = new ArrayDeque<>();
    private byte[] rest = new byte[0];
    private long offset;
    private boolean atEnd;
    private @Nullable Block<B> current;

    /**
     * Reads a stream.
     *
     * @param offset of its first byte in the file
     */
    public Blocks(InputStream in, long offset, BlockCutter cutter, BlockParser<B> parser, BlockThreads threads) {
        this(in, offset, cutter, parser, threads, BYTES);
    }

    /** @param blockBytes of a block, unless a record is longer; up to four times as many */
    public Blocks(
            InputStream in,
            long offset,
            BlockCutter cutter,
            BlockParser<B> parser,
            BlockThreads threads,
            int blockBytes) {
        this.in = in;
        this.offset = offset;
        this.cutter = cutter;
        this.parser = parser;
        this.threads = threads;
        this.blockBytes = blockBytes;
    }

    /** What the blocks of a file take at most, except for long records. */
    public static long heapBytes(BlockThreads threads) {
        return (long) HEAP_PER_BLOCK * (mostAhead(threads) + 1);
    }

    private static int mostAhead(BlockThreads threads) {
        return threads.size() == 1 ? 1 : threads.size() + 1;
    }

    /** A block of whole records. */
    public static final class Block<B> {

        private final B content;
        private byte[] bytes;
        private int length;
        private long offset;
        private boolean isWhole;
        private @Nullable FutureTask<Boolean> task;

        private Block(B content, byte[] bytes) {
            this.content = content;
            this.bytes = bytes;
        }

        /** What came of it; only if it was {@linkplain #isRead read}. */
        public B content() {
            return content;
        }

        /** Whether it was read. Otherwise it is the last one: another reader has to go on from its offset. */
        public boolean isRead() {
            return task != null && BlockThreads.result(task);
        }

        /** Of its first byte in the file. */
        public long offset() {
            return offset;
        }
    }

    /** The next one, or null at the end. The one before is not used any longer. */
    @Nullable
    public Block<B> next() throws IOException {
        if (current != null) {
            free.add(current);
        }
        while (!atEnd && ahead.size() < mostAhead(threads)) {
            cut();
        }
        current = ahead.poll();
        return current;
    }

    private void cut() throws IOException {
        Block<B> block = free.poll();
        if (block == null) {
            block = new Block<>(parser.create(), new byte[blockBytes]);
        }
        block.offset = offset;
        block.task = null;
        fill(block);
        if (block.length == 0) {
            return;
        }
        ahead.add(block);
        if (block.isWhole) {
            Block<B> whole = block;
            block.task = threads.begin(() -> parser.parse(whole.bytes, whole.length, whole.content));
        }
    }

    private void fill(Block<B> block) throws IOException {
        if (rest.length > block.bytes.length) {
            block.bytes = new byte[rest.length];
        }
        System.arraycopy(rest, 0, block.bytes, 0, rest.length);
        int filled = rest.length;
        int wanted = Math.max(blockBytes, filled);
        while (true) {
            filled += in.readNBytes(block.bytes, filled, wanted - filled);
            boolean isLast = filled < wanted;
            int end = cutter.cut(block.bytes, filled, isLast);
            if (end > 0 || (isLast && end == 0)) {
                block.length = end;
                block.isWhole = true;
                rest = Arrays.copyOfRange(block.bytes, end, filled);
                offset += end;
                atEnd = isLast && rest.length == 0;
                return;
            }
            if (end == BlockCutter.NOWHERE || wanted >= 4 * blockBytes) {
                block.length = filled;
                block.isWhole = false;
                atEnd = true;
                return;
            }
            wanted = Math.max(2 * wanted, blockBytes);
            block.bytes = Arrays.copyOf(block.bytes, Math.max(wanted, block.bytes.length));
        }
    }

    /** Stops; the stream stays open. */
    @Override
    public void close() {
        ahead.forEach(block -> {
            if (block.task != null) {
                block.task.cancel(false);
            }
        });
    }
}
