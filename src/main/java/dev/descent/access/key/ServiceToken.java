package dev.descent.access.key;

import dev.descent.access.SecurityProperties;
import dev.descent.access.SecurityProperties.Auth;
import dev.descent.principal.Principal;
import dev.descent.problem.StartRefusedException;
import dev.descent.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * The service's own token, which makes its holder an administrator: random, written at the first start to a file that
 * only the user of the service can read, and read from there at every later start.
 */
@Service
public class ServiceToken implements Credentials {

    /** The id of this credential. */
    static final String ID = "token";

    private static final int DIGITS_OF_VERSION = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{%d,128}".formatted(Secret.LENGTH));
    private static final int MOST_BYTES = 1024;

    private final boolean isAsked;
    private final Path file;
    private final boolean isNew;
    private final String token;

    ServiceToken(SecurityProperties properties) {
        this.isAsked = properties.auth() == Auth.TOKEN;
        this.file = properties.tokenFile();
        this.isNew = isAsked && isMissing(file) && write(file);
        this.token = isAsked ? read(file) : Secret.next();
    }

    private static boolean isMissing(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether no other process that starts now has written it before. */
    private static boolean write(Path file) {
        try {
            return PrivateFiles.create(file, Secret.next() + "\n");
        } catch (IOException failure) {
            throw unusable(file, "could not be written: " + reason(failure));
        }
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw unusable(file, "is no file");
        }
        String token;
        try {
            token = Files.size(file) > MOST_BYTES ? "" : Files.readString(file).strip();
            PrivateFiles.restrict(file);
        } catch (IOException failure) {
            throw unusable(file, "could not be read by this user alone: " + reason(failure));
        }
        if (!FORM.matcher(token).matches()) {
            throw unusable(
                    file,
                    "holds no token, which is a line of %d to 128 letters, digits, _ and -".formatted(Secret.LENGTH));
        }
        return token;
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "access is denied" : String.valueOf(failure.getMessage());
    }

    private static StartRefusedException unusable(Path file, String reason) {
        return new StartRefusedException(
                "The file of the service's token, %s, %s.".formatted(file, reason),
                "Correct or remove it: the service writes a new one; --descent.token-file names another.");
    }

    @Override
    public Optional<Principal> holderOf(String secret) {
        return isAsked && Secret.matches(secret, Secret.hash(token))
                ? Optional.of(Principal.admin(ID))
                : Optional.empty();
    }

    /** Whether requests need a credential at all. */
    public boolean isAsked() {
        return isAsked;
    }

    /** Whether this start wrote it, so that nobody has seen it yet. */
    public boolean isNew() {
        return isNew;
    }

    public Path file() {
        return file;
    }

    /** Which token it is, without telling it: what was made from another token is no longer valid. */
    String version() {
        return ID + ":" + Secret.hash(token).substring(0, DIGITS_OF_VERSION);
    }

    /** What to send; for those who act on behalf of whoever started the service. */
    public String value() {
        return token;
    }
}
