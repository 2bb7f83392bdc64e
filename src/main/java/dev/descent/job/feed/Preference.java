package dev.descent.job.feed;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The preferences of a client (RFC 7240). As that document requires, unknown ones are ignored. */
public final class Preference {

    private static final Pattern WAIT =
            Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])");

    private Preference() {}

    /** How long the client wants to wait; zero if it does not say. */
    public static Duration wait(@Nullable String header, Duration longest) {
        Matcher matcher = WAIT.matcher(header == null ? "" : header);
        Duration patience = matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : Duration.ZERO;
        return patience.compareTo(longest) > 0 ? longest : patience;
    }
}
