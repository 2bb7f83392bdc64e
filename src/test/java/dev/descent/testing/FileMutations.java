package dev.descent.testing;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Files that may have rows, and damage to them. */
public final class FileMutations {

    private static final List<byte[]> SEEDS = List.of(
            "id;name;\"when \"\"it\"\" was\";amount\n1;\"Müller; Anna\";2026-01-01;1,5\n2;\"two\nlines\";NA;-3e4\n\n3;;;\n"
                    .getBytes(UTF_8),
            "a\tb\n1\tx\n2\ty\n".getBytes(UTF_8),
            "t\n1\n\n19\n".getBytes(UTF_8),
            ",x,y\n0,1e999,NaN\n1,inf,日本\n".getBytes(UTF_8),
            "[age],{id},<30\n0,0,0\n".getBytes(UTF_8),
            "{\"a\": 1, \"b\": \"x\", \"c\": null}\n{\"b\": true, \"d\": 1.10}\n".getBytes(UTF_8),
            "\ufeffa,b\n1,ü\n".getBytes(UTF_16LE),
            parquet("mixed_snappy.parquet"),
            parquet("index.parquet"));

    private static final List<byte[]> PIECES = List.of(
            "\"".getBytes(UTF_8),
            "\"\"".getBytes(UTF_8),
            "\n".getBytes(UTF_8),
            "\r\n".getBytes(UTF_8),
            ",".getBytes(UTF_8),
            ";".getBytes(UTF_8),
            "\t".getBytes(UTF_8),
            "{".getBytes(UTF_8),
            "}".getBytes(UTF_8),
            "[".getBytes(UTF_8),
            "\\".getBytes(UTF_8),
            "#".getBytes(UTF_8),
            "x".repeat(1_100).getBytes(UTF_8),
            ",".repeat(60).getBytes(UTF_8),
            new byte[] {0},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {(byte) 0xe2, (byte) 0x82},
            new byte[] {0x1f, (byte) 0x8b},
            new byte[] {(byte) 0x81});

    private static final List<String> OPTIONS = List.of(
            "{}",
            "{'header':'auto'}",
            "{'header':false,'ragged':'skip'}",
            "{'ragged':'pad','duplicate_names':'number'}",
            "{'escape':'\\','comment':'#'}",
            "{'quote':'','delimiter':' '}",
            "{'encoding':'utf-16'}",
            "{'encoding':'windows-1252'}");

    private FileMutations() {}

    private static byte[] parquet(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/parquet", name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file of some format, often with a few changes. */
    public static byte[] file(SplittableRandom random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size()));
        for (int change = random.nextInt(3); change > 0; change--) {
            bytes = mutated(bytes, random);
        }
        return bytes;
    }

    /** Bytes, one time in four with a change. */
    public static byte[] damaged(byte[] bytes, SplittableRandom random) {
        return random.nextInt(4) == 0 ? mutated(bytes, random) : bytes;
    }

    /** Upload options, as JSON with single quotes. */
    public static String options(SplittableRandom random) {
        return OPTIONS.get(random.nextInt(OPTIONS.size()));
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(4));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(bytes, 0, from);
        if (random.nextInt(5) > 0) {
            mutated.writeBytes(random.nextBoolean() ? PIECES.get(random.nextInt(PIECES.size())) : new byte[0]);
            mutated.write(bytes, to, bytes.length - to);
        }
        return mutated.toByteArray();
    }
}
