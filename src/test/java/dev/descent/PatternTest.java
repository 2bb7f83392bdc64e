package dev.descent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No regular expression takes more than linear work, whatever text a client sends: each one is found, and tried on
 * repetitions of everything that it may stumble over. Work is counted in characters looked at.
 */
class PatternTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.descent");

    private static final List<String> STARTS =
            List.of("", "application/", "application/x+", "wait=", ",wait", "metadata[", "jdbc:h2:", "//", "x");

    private static final List<String> ATOMS = List.of(
            " ", ",", ";", "=", "+", "+json", "a", "0", "/", "@", "\n", "\"", "[", "]", "-", ".", "wait", ",wait");

    @Test
    void everyPatternIsAConstant() {
        noClasses()
                .should()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .orShould()
                .callMethod(String.class, "replaceFirst", String.class, String.class)
                .orShould()
                .callMethod(Pattern.class, "matches", String.class, CharSequence.class)
                .because("PatternTest measures the patterns that are constants")
                .check(CLASSES);
        CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Pattern.class)
                        && call.getName().equals("compile"))
                .forEach(call -> assertThat(call.getOrigin().getName())
                        .as(call.getDescription())
                        .isEqualTo("<clinit>"));
    }

    @Test
    void noPatternBacktracksMoreThanLinearly() throws ReflectiveOperationException {
        List<Pattern> patterns = patterns();
        assertThat(patterns).hasSizeGreaterThan(5);
        for (Pattern pattern : patterns) {
            for (String start : STARTS) {
                for (String first : ATOMS) {
                    assertLinear(pattern, start, first, 4_000);
                    for (String second : ATOMS) {
                        assertLinear(pattern, start, first + second, 60);
                    }
                }
            }
        }
    }

    private static void assertLinear(Pattern pattern, String start, String repeated, int times) {
        for (String end : List.of("", "!")) {
            long once = work(pattern, start + repeated.repeat(times) + end);
            long twice = work(pattern, start + repeated.repeat(2 * times) + end);
            assertThat(twice)
                    .as(() -> "%s on %s and %d times \"%s\"".formatted(pattern, start, times, repeated))
                    .isLessThan(once * 5 / 2 + 500);
        }
    }

    private static long work(Pattern pattern, String text) {
        Counted counted = new Counted(text);
        pattern.matcher(counted).matches();
        Matcher matcher = pattern.matcher(counted);
        while (matcher.find()) {
            // All of them, as a replacement would.
        }
        return counted.looks;
    }

    private static List<Pattern> patterns() throws ReflectiveOperationException {
        List<Pattern> patterns = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Pattern.class)) {
                    Field constant = field.reflect();
                    constant.setAccessible(true);
                    patterns.add((Pattern) constant.get(null));
                }
            }
        }
        return patterns;
    }

    /** Counts how often a character is looked at. */
    private static final class Counted implements CharSequence {

        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
