package dev.descent.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names of settings. */
record Settings(List<ConfigurationPropertyName> names) {

    static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("descent");

    /** With a larger edit distance it is a different word. */
    private static final int SLIP = 2;

    static Settings of(List<Setting> settings) {
        return new Settings(
                settings.stream().map(Setting::name).distinct().sorted().toList());
    }

    /** Whether something reads it, possibly as an entry of a list or map. */
    boolean have(ConfigurationPropertyName name) {
        return names.stream().anyMatch(setting -> setting.equals(name) || setting.isAncestorOf(name));
    }

    /** Whether an environment variable sets one of them. */
    boolean haveVariable(String variable) {
        return names.stream()
                .flatMap(Settings::variables)
                .anyMatch(setting -> variable.equals(setting) || variable.startsWith(setting + "_"));
    }

    /** The setting with the most similar spelling. */
    ConfigurationPropertyName nearest(String name) {
        return names.stream()
                .min(Comparator.comparingInt(setting -> distance(setting.toString(), name)))
                .orElseThrow();
    }

    /** The setting that was probably meant by a misspelt or shortened name. */
    Optional<ConfigurationPropertyName> meantBy(ConfigurationPropertyName name, String... prefixes) {
        return names.stream()
                .filter(setting ->
                        Stream.of(prefixes).anyMatch(prefix -> distance(setting.toString(), prefix + name) <= SLIP))
                .min(Comparator.comparingInt(setting -> distance(setting.toString(), name.toString())));
    }

    /** The variable that was probably meant by a misspelt one. */
    Optional<String> variableMeantBy(String variable) {
        return names.stream()
                .flatMap(Settings::variables)
                .filter(setting -> distance(setting, variable) <= SLIP)
                .findFirst();
    }

    /** The usual spelling, and the others that Spring accepts. */
    private static Stream<String> variables(ConfigurationPropertyName name) {
        String words = name.toString().toUpperCase(Locale.ROOT).replace('.', '_');
        return Stream.of(words.replace('-', '_'), words.replace("-", ""));
    }

    @Override
    public String toString() {
        return names.stream().map(ConfigurationPropertyName::toString).collect(Collectors.joining(", "));
    }

    /** The Levenshtein distance: how many letters to add, remove or replace. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, length -> length);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
