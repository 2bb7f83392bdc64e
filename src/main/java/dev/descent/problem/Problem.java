package dev.descent.problem;

import dev.descent.core.Name;
import dev.descent.core.Names;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The types of problems. Clients may rely on {@link #type}, which never changes. */
public enum Problem {
    @Name("malformed-request")
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "Malformed request",
            "The request could not be read: its body is no JSON, or a parameter has the wrong form."),
    @Name("unauthorized")
    UNAUTHORIZED(
            HttpStatus.UNAUTHORIZED,
            "Unauthorized",
            "The address needs a credential, and the request has none, or one that is wrong, has expired or was revoked. Send the header Authorization: Bearer with the service's token or an API key."),
    @Name("forbidden")
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "Forbidden",
            "The credential is valid, but does not allow this: it lacks a scope, or the request comes from a web page of another site."),
    @Name("not-found")
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "Not found",
            "There is nothing under this address. Perhaps it was deleted, or the identifier has a typing error."),
    @Name("method-not-allowed")
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "Method not allowed",
            "The address exists, but not for this method. The Allow header lists the methods that it has."),
    @Name("not-acceptable")
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "Not acceptable",
            "The answer cannot be given in any of the media types that the Accept header asks for."),
    @Name("request-timeout")
    REQUEST_TIMEOUT(
            HttpStatus.REQUEST_TIMEOUT,
            "Request timeout",
            "The body did not come in time, so the connection was closed. A body may take long, but not stand still."),
    @Name("conflict")
    CONFLICT(
            HttpStatus.CONFLICT,
            "Conflict",
            "The request does not fit the present state, such as deleting a dataset that a job still reads."),
    @Name("precondition-failed")
    PRECONDITION_FAILED(
            HttpStatus.PRECONDITION_FAILED,
            "Precondition failed",
            "The If-Match header names another state than the present one: something has changed since. Get it again, and decide anew."),
    @Name("too-large")
    TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "Too large",
            "The body is larger than this server accepts. The detail names the limit and its setting."),
    @Name("unsupported-media-type")
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "Unsupported media type",
            "The body's Content-Type is none that this address reads. The detail lists those that it does."),
    @Name("range-not-satisfiable")
    RANGE_NOT_SATISFIABLE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "Range not satisfiable",
            "The Range header asks for a part that the content does not have. The Content-Range header says how long it is."),
    @Name("expectation-failed")
    EXPECTATION_FAILED(
            HttpStatus.EXPECTATION_FAILED,
            "Expectation failed",
            "The Expect header says something else than 100-continue, which is all that this server can do."),
    @Name("misdirected")
    MISDIRECTED(
            HttpStatus.MISDIRECTED_REQUEST,
            "Misdirected",
            "The Host header names another service. This one answers to localhost, to its IP addresses, and to the names that descent.hosts lists."),
    @Name("invalid-request")
    INVALID_REQUEST(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Invalid request",
            "The request could be read, but what it says cannot be done. Each entry of errors points at one fault and says what is accepted."),
    @Name("too-many-requests")
    TOO_MANY_REQUESTS(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many requests",
            "A quota of the credential's owner is used up for now. The detail names it; try again after the time in Retry-After."),
    @Name("out-of-space")
    OUT_OF_SPACE(
            HttpStatus.INSUFFICIENT_STORAGE,
            "Out of space",
            "The disk of the server is full, or what the credential's owner may store. Nothing of the request was kept; it can be sent again once there is space."),
    @Name("unavailable")
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Unavailable",
            "The server cannot answer just now: its database does not answer, or it has as many requests as it can serve. Try again after the time in Retry-After."),
    @Name("not-implemented")
    NOT_IMPLEMENTED(
            HttpStatus.NOT_IMPLEMENTED,
            "Not implemented",
            "The request asks for something that this server does not do, such as CONNECT or a Transfer-Encoding other than chunked."),
    @Name("version-not-supported")
    VERSION_NOT_SUPPORTED(
            HttpStatus.HTTP_VERSION_NOT_SUPPORTED,
            "HTTP version not supported",
            "The request is of an HTTP version that this server does not speak. It speaks 1.1 and 1.0."),
    @Name("internal-error")
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", "The server made a mistake. Its log has the details.");

    private final HttpStatus status;
    private final String title;
    private final String explanation;

    Problem(HttpStatus status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    String explanation() {
        return explanation;
    }

    /** The last segment of the type's URI. */
    String slug() {
        return Names.of(this);
    }

    /** The stable URI of this type, relative to the service. */
    URI type() {
        return URI.create("/problems/" + slug());
    }

    static Optional<Problem> ofSlug(String slug) {
        return Arrays.stream(values())
                .filter(problem -> problem.slug().equals(slug))
                .findFirst();
    }

    /** The type for a status chosen by the web server or the framework; empty if there is none. */
    static Optional<Problem> ofStatus(HttpStatusCode status) {
        return Arrays.stream(values())
                .filter(problem -> problem.status.value() == status.value())
                .findFirst();
    }
}
