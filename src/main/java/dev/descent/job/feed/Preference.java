package dev.descent.job.feed;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client would like best (RFC 7240); what it says in another way than is known is passed over, as that document
 * asks.
 */
public final class Preference {

    private static final Pattern WAIT =
            Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])");

    private Preference() {}

    /** How long it would wait; nothing where it does not say. */
    public static Duration wait(@Nullable String header, Duration longest) {
        Matcher matcher = WAIT.matcher(header == null ? "" : header);
        Duration patience = matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : Duration.ZERO;
        return patience.compareTo(longest) > 0 ? longest : patience;
    }
}
