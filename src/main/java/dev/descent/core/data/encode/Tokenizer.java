package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Takes a text apart, without regard to capitals.
 *
 * @param analyzer what counts as one
 * @param minN, maxN how many of them in a row are a term
 */
public record Tokenizer(
        @Name("analyzer") Analyzer analyzer,
        @Name("min_n") int minN,
        @Name("max_n") int maxN) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** What a term is made of. */
    public enum Analyzer {
        /** Runs of letters, digits and marks of any script; a space between two. */
        @Name("word")
        WORD,
        /** Characters, with runs of white space as one space. */
        @Name("character")
        CHARACTER
    }

    /** The terms of a text in order, as often as they occur. */
    public List<String> terms(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> units = analyzer == Analyzer.WORD
                ? WORD.matcher(lower).results().map(MatchResult::group).toList()
                : BLANKS.matcher(lower.strip())
                        .replaceAll(" ")
                        .codePoints()
                        .mapToObj(Character::toString)
                        .toList();
        String between = analyzer == Analyzer.WORD ? " " : "";
        List<String> terms = new ArrayList<>();
        for (int n = minN; n <= maxN; n++) {
            for (int from = 0; from + n <= units.size(); from++) {
                terms.add(String.join(between, units.subList(from, from + n)));
            }
        }
        return terms;
    }
}
