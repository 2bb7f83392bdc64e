package dev.descent.request;

import dev.descent.core.Excerpt;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The states that a condition names: the entity tags of {@code If-Match} or {@code If-None-Match} (RFC 9110, 13.1), or
 * all. Tags are compared weakly, because those of this service name a state, and not each byte that shows it.
 */
public final class EntityTags {

    private static final EntityTags ALL = new EntityTags("*", Set.of());
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\")");
    private static final Pattern GAP = Pattern.compile("[ \\t,]*+");

    private final String header;
    private final Set<String> tags;

    private EntityTags(String header, Set<String> tags) {
        this.header = header;
        this.tags = tags;
    }

    /** @throws ProblemException 400 for an If-Match that is no list of tags; without one, any state is as expected */
    public static EntityTags ifMatch(@Nullable String header) {
        return header == null ? ALL : parse("If-Match", header);
    }

    /** @throws ProblemException 400 for an If-None-Match that is no list of tags; without one, no state is known */
    public static EntityTags ifNoneMatch(@Nullable String header) {
        return header == null ? new EntityTags("", Set.of()) : parse("If-None-Match", header);
    }

    private static EntityTags parse(String name, String header) {
        if (header.strip().equals("*")) {
            return ALL;
        }
        Set<String> tags = new LinkedHashSet<>();
        Matcher gap = GAP.matcher(header);
        Matcher tag = TAG.matcher(header);
        int at = end(gap, 0);
        while (at < header.length()) {
            tag.region(at, header.length());
            if (!tag.lookingAt()) {
                throw malformed(name, header);
            }
            tags.add(tag.group(1));
            at = end(gap, tag.end());
            boolean separated =
                    at == header.length() || header.substring(tag.end(), at).contains(",");
            if (!separated) {
                throw malformed(name, header);
            }
        }
        if (tags.isEmpty()) {
            throw malformed(name, header);
        }
        return new EntityTags(header, tags);
    }

    private static int end(Matcher gap, int from) {
        gap.region(from, gap.regionEnd()).lookingAt();
        return gap.end();
    }

    private static ProblemException malformed(String name, String header) {
        return ProblemException.malformed("%s is %s; accepted: *, or entity tags such as W/\"7\", separated by commas"
                .formatted(name, Excerpt.of(header)));
    }

    public boolean include(String tag) {
        Matcher parts = TAG.matcher(tag);
        return this == ALL || (parts.matches() && tags.contains(parts.group(1)));
    }

    /** Whether every state is named, so that nobody needs to know the current one. */
    public boolean areAll() {
        return this == ALL;
    }

    /** @throws ProblemException 412 unless the state with this tag is named */
    public void require(String tag) {
        if (!include(tag)) {
            throw new ProblemException(
                    Problem.PRECONDITION_FAILED,
                    "If-Match is %s, but the ETag is %s by now".formatted(Excerpt.of(header), tag),
                    List.of());
        }
    }
}
