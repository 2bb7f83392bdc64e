package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.io.Writer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.SequenceReader;

/** A file of text: how it is encoded, and a reader of it without the mark that may be in front. */
final class EncodedText {

    private static final int BUFFER = 1 << 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ALL_HIGH_BITS = 0x8080808080808080L;

    private EncodedText() {}

    /** The encoding that the mark at the beginning of the file tells, or the given one. */
    static TextEncoding marked(Path file, TextEncoding otherwise) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(TextEncoding.LONGEST_MARK);
            return Stream.of(TextEncoding.UTF_8, TextEncoding.UTF_16LE, TextEncoding.UTF_16BE)
                    .filter(encoding -> encoding.hasMark(start))
                    .findFirst()
                    .orElse(otherwise != TextEncoding.UTF_16 ? otherwise : orderOf(start));
        }
    }

    /** Most first characters have a code below 256. */
    private static TextEncoding orderOf(byte[] start) {
        return start.length > 1 && start[1] == 0 ? TextEncoding.UTF_16LE : TextEncoding.UTF_16BE;
    }

    static Reader open(Path file, TextEncoding encoding) throws IOException {
        return reader(bytes(file, encoding), encoding);
    }

    /**
     * From a place in the file on, as if it had no more than line breaks before that.
     *
     * @param offset in bytes, from 0
     * @param line the number of the line there, from 1
     */
    static Reader open(Path file, TextEncoding encoding, long offset, long line) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(offset);
        return reader(new SequenceInputStream(new LineBreaks(line - 1), in), encoding);
    }

    private static Reader reader(InputStream in, TextEncoding encoding) {
        return new BufferedReader(new InputStreamReader(in, encoding.strictDecoder()), BUFFER);
    }

    /** Without the mark that may be in front. */
    private static InputStream bytes(Path file, TextEncoding encoding) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(markLength(file, encoding));
        return in;
    }

    /** Of the mark in front of the file; 0 if there is none. */
    static int markLength(Path file, TextEncoding encoding) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(TextEncoding.LONGEST_MARK);
            return encoding.hasMark(start) ? encoding.markLength() : 0;
        }
    }

    /** Line breaks, as many as asked for. */
    private static final class LineBreaks extends InputStream {

        private long left;

        LineBreaks(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? '\n' : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) '\n');
            left -= count;
            return count;
        }
    }

    /** The place of the first byte that is not encoded so, from 0, or −1 if there is none. */
    static long firstInvalidByte(Path file, TextEncoding encoding) throws IOException {
        CharsetDecoder decoder = encoding.strictDecoder();
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
            CharBuffer characters = CharBuffer.allocate(BUFFER);
            long before = 0;
            while (true) {
                int count = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
                boolean atEnd = count < bytes.remaining();
                bytes.limit(bytes.position() + count).position(0);
                if (encoding == TextEncoding.UTF_8) {
                    bytes.position(asciiLength(bytes.array(), bytes.limit()));
                }
                characters.clear();
                CoderResult result = decoder.decode(bytes, characters, atEnd);
                if (result.isError()) {
                    return before + bytes.position();
                }
                if (atEnd && !bytes.hasRemaining()) {
                    return -1;
                }
                before += bytes.position();
                bytes.compact();
                if (atEnd && result.isOverflow()) {
                    bytes.flip();
                    bytes.compact();
                }
            }
        }
    }

    /** How many bytes at the beginning of a buffer are ASCII, eight at a time. */
    private static int asciiLength(byte[] bytes, int length) {
        int at = 0;
        while (at + Long.BYTES <= length && ((long) LONGS.get(bytes, at) & ALL_HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        return at;
    }

    /** The characters at the beginning of a file; the last one may be cut off. */
    static String start(Path file, TextEncoding encoding, int length) throws IOException {
        try (Reader reader = open(file, encoding)) {
            char[] characters = new char[length];
            int filled = 0;
            for (int count = 0; count >= 0 && filled < length; filled += Math.max(0, count)) {
                count = reader.read(characters, filled, length - filled);
            }
            return new String(Arrays.copyOf(characters, filled));
        } catch (CharacterCodingException invalid) {
            throw invalid(file, encoding);
        }
    }

    static ProblemException invalid(Path file, TextEncoding encoding) throws IOException {
        return ProblemException.invalid(
                RowSource.POINTER,
                "%s; accepted: text in UTF-8, UTF-16 or Windows-1252, which the option encoding states"
                        .formatted(describeInvalid(file, encoding, Math.max(0, firstInvalidByte(file, encoding)))));
    }

    /** Says where a file is not encoded so. */
    static String describeInvalid(Path file, TextEncoding encoding, long firstInvalid) throws IOException {
        return "Line %d of the file is not valid %s: byte %d"
                .formatted(lineOf(file, encoding, firstInvalid), encoding.label(), firstInvalid);
    }

    /** The line, from 1, in which a byte stands. */
    private static int lineOf(Path file, TextEncoding encoding, long at) throws IOException {
        InputStream before =
                BoundedInputStream.builder().setPath(file).setMaxCount(at).get();
        Reader upToIt = new InputStreamReader(before, encoding.charset());
        // The line ends with the text, which therefore needs a character in it.
        try (LineNumberReader lines = new LineNumberReader(new SequenceReader(upToIt, new StringReader("?")), BUFFER)) {
            lines.transferTo(Writer.nullWriter());
            return lines.getLineNumber();
        }
    }
}
