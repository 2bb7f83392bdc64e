package dev.descent.access.key;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Plain;
import dev.descent.core.Required;
import dev.descent.principal.Principal;
import dev.descent.principal.Scope;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A key that an administrator wants to have.
 *
 * @param owner to whom everything belongs that is created with it
 * @param expiresAt null if it is valid until it is deleted
 */
record ApiKeyRequest(
        @Name("name") @Required Label name,
        @Name("owner") @Required Owner owner,

        @Name("scopes") @Bounds(min = 1, max = 4) List<Scope> scopes,

        @Name("service_account") boolean serviceAccount,
        @Name("expires_at") @Nullable Expiry expiresAt) {

    private static final ApiKeyRequest DEFAULT = new ApiKeyRequest(
            new Label(""), new Owner(Principal.ADMIN), List.of(Scope.READ, Scope.TRAIN, Scope.PREDICT), false, null);

    /** What a key is called, in lists and in the log. */
    record Label(String text) implements Plain {

        private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._@/:+()-]{0,99}");

        public static Label ofPlain(Object plain) {
            if (plain instanceof String text
                    && FORM.matcher(text).matches()
                    && Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
                return new Label(text);
            }
            throw new IllegalArgumentException(
                    "1 to 100 letters, digits, spaces and ._@/:+()-, with a letter or digit first, in Unicode's form NFC");
        }

        @Override
        public Object plain() {
            return text;
        }
    }

    /** The name of an owner. */
    record Owner(String name) implements Plain {

        public static Owner ofPlain(Object plain) {
            if (plain instanceof String name && Principal.isOwner(name)) {
                return new Owner(name);
            }
            throw new IllegalArgumentException(Principal.OWNERS);
        }

        @Override
        public Object plain() {
            return name;
        }
    }

    /** When a key becomes invalid. */
    record Expiry(Instant time) implements Plain {

        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        public static Expiry ofPlain(Object plain) {
            try {
                Instant time = OffsetDateTime.parse(String.valueOf(plain)).toInstant();
                if (!time.isAfter(LAST)) {
                    return new Expiry(time.truncatedTo(ChronoUnit.MICROS));
                }
            } catch (DateTimeException noTime) {
                // What is accepted is said below.
            }
            throw new IllegalArgumentException(
                    "null or a time in the future up to the year 9999, such as 2030-01-31T12:00:00Z");
        }

        @Override
        public Object plain() {
            return time.toString();
        }
    }

    /** @throws ProblemException 422 with every violation found */
    static ApiKeyRequest read(JsonNode body, Instant now) {
        Violations violations = new Violations();
        ApiKeyRequest request = new SpecReader(violations).read(body, ApiKeyRequest.class, "#", DEFAULT);
        JsonNode end = body.path("expires_at");
        if (end.isString() && isPast(end.asString(), now)) {
            violations.add(
                    "#/expires_at",
                    "expires_at is %.40s, which is past; accepted: null or a time in the future".formatted(end));
        }
        violations.throwIfAny();
        return Objects.requireNonNull(request);
    }

    /** Also of an incomplete request, so that one violation does not hide another. */
    private static boolean isPast(String end, Instant now) {
        try {
            return !Expiry.ofPlain(end).time().isAfter(now);
        } catch (IllegalArgumentException reported) {
            return false;
        }
    }

    @Nullable
    Instant end() {
        return expiresAt == null ? null : expiresAt.time();
    }

    ApiKey.Kind kind() {
        return serviceAccount ? ApiKey.Kind.SERVICE_ACCOUNT : ApiKey.Kind.KEY;
    }
}
