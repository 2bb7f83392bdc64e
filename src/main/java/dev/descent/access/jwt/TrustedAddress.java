package dev.descent.access.jwt;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses from which keys may come: nobody on the way can exchange what they answer. */
final class TrustedAddress {

    static final String FORM = "an https address, or an http one of this machine";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    private TrustedAddress() {}

    /** @throws IllegalArgumentException if it is none */
    static URL of(String address) {
        try {
            URI uri = URI.create(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isTrusted = scheme.equals("https")
                    || (scheme.equals("http")
                            && LOOPBACK.matcher(String.valueOf(uri.getHost())).matches());
            if (isTrusted && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri.toURL();
            }
        } catch (MalformedURLException noAddress) {
            throw new IllegalArgumentException(noAddress);
        }
        throw new IllegalArgumentException("%.200s is not %s".formatted(address, FORM));
    }
}
