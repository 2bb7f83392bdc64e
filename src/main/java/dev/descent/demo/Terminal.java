package dev.descent.demo;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The standard output. Characters that its encoding lacks, as with LANG=C, are replaced by a look-alike instead of a
 * question mark.
 */
final class Terminal {

    private static final Map<Character, String> SUBSTITUTES = Map.of('×', "x", '·', ".", '█', "#", '…', "...");
    private static final String BLOCKS = "█▏▎▍▌▋▊▉│";

    private final CharsetEncoder encoder;

    Terminal() {
        this.encoder = charset().newEncoder();
    }

    /**
     * Java 19 and newer provide the first property; older versions only the second, if the encoding is not the default.
     */
    private static Charset charset() {
        @Nullable String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    ProgressBarStyle progressBar() {
        return encoder.canEncode(BLOCKS) ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII;
    }

    void print(String... lines) {
        print(List.of(lines));
    }

    void print(List<String> lines) {
        lines.forEach(line -> System.out.println(printable(line)));
    }

    private String printable(String line) {
        if (encoder.canEncode(line)) {
            return line;
        }
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            printable.append(encoder.canEncode(c) ? Character.toString(c) : SUBSTITUTES.getOrDefault(c, "?"));
        }
        return printable.toString();
    }
}
