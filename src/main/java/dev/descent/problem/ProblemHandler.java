package dev.descent.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Turns every exception that ends a request into a problem. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String RETRY_SECONDS = "5";

    /** Instead of the web server's words for it, which name its classes. */
    static final String BROKEN_BODY =
            "The body could not be read: a chunk of it is malformed, or it ended before the length that was announced";

    @ExceptionHandler
    ResponseEntity<Object> handle(ProblemException exception, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (exception.problem() == Problem.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        if (exception.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(exception.retryAfter().toSeconds()));
        }
        return respond(exception.problem(), exception.detail(), exception.errors(), headers, request);
    }

    private ResponseEntity<Object> handleDatabaseFailure(RuntimeException exception, WebRequest request) {
        log.warn("The database does not answer: {}", exception.getMessage());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        return respond(Problem.UNAVAILABLE, "The database does not answer", List.of(), headers, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(UncheckedIOException exception, WebRequest request) {
        return handle(Objects.requireNonNull(exception.getCause()), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(IOException exception, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            // The client is gone and reads nothing more.
            return ResponseEntity.badRequest().build();
        }
        if (exception instanceof BadRequestException) {
            return malformed(BROKEN_BODY, request);
        }
        return Outage.isFullDisk(exception) ? handleFullDisk(request) : handleUnexpected(exception, request);
    }

    private ResponseEntity<Object> handleFullDisk(WebRequest request) {
        return respond(
                Problem.OUT_OF_SPACE, "The disk is full; nothing was stored", List.of(), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handleOther(RuntimeException exception, WebRequest request) {
        if (Outage.isFullDisk(exception)) {
            return handleFullDisk(request);
        }
        return Outage.isOfDatabase(exception)
                ? handleDatabaseFailure(exception, request)
                : handleUnexpected(exception, request);
    }

    private ResponseEntity<Object> handleUnexpected(Exception exception, WebRequest request) {
        log.error("{} failed", request.getDescription(false), exception);
        return respond(
                Problem.INTERNAL_ERROR,
                "The server made a mistake; its log has the details",
                List.of(),
                new HttpHeaders(),
                request);
    }

    /** Thrown by Tomcat to whoever is the first to access a parameter. */
    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidParameterException exception, WebRequest request) {
        return malformed(
                "The query could not be read; accepted: up to 1000 parameters, percent-encoded UTF-8", request);
    }

    /** Thrown where nothing expects a media type of a header to be malformed. */
    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidMimeTypeException exception, WebRequest request) {
        return malformed("A header has \"%s\", which is no media type".formatted(exception.getMimeType()), request);
    }

    private ResponseEntity<Object> malformed(String detail, WebRequest request) {
        return respond(Problem.MALFORMED_REQUEST, detail, List.of(), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(MethodArgumentTypeMismatchException exception, WebRequest request) {
        if (exception.getParameter().hasParameterAnnotation(PathVariable.class)) {
            String missing = "There is no %s %s".formatted(exception.getName(), exception.getValue());
            return respond(Problem.NOT_FOUND, missing, List.of(), new HttpHeaders(), request);
        }
        String accepted = exception.getRequiredType() == boolean.class ? "true or false" : "a whole number";
        String detail = "%s is \"%s\"; accepted: %s".formatted(exception.getName(), exception.getValue(), accepted);
        return respond(
                Problem.INVALID_REQUEST,
                detail,
                List.of(new Violation("?" + exception.getName(), detail)),
                new HttpHeaders(),
                request);
    }

    /** What is written as it is read may meet a problem on the way. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotWritable(
            HttpMessageNotWritableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return handle(problem, request);
            }
        }
        return DisconnectedClientHelper.isClientDisconnectedException(exception)
                ? ResponseEntity.badRequest().build()
                : handleUnexpected(exception, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(Problem.MALFORMED_REQUEST, describe(exception.getCause()), List.of(), headers, request);
    }

    private static String describe(@Nullable Throwable cause) {
        return cause instanceof JacksonException json
                ? "The body is not valid JSON: " + MalformedJson.describe(json)
                : "The body is missing or could not be read as JSON";
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(Ranges.UnsatisfiableRangeException exception, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_RANGE, exception.contentRange());
        return respond(
                Problem.RANGE_NOT_SATISFIABLE, String.valueOf(exception.getMessage()), List.of(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return nothingThere(headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return nothingThere(headers, request);
    }

    private ResponseEntity<Object> nothingThere(HttpHeaders headers, WebRequest request) {
        String detail = "There is nothing at %s; /docs lists all addresses".formatted(path(request));
        return respond(Problem.NOT_FOUND, detail, List.of(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String accepted = exception.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        // Of a malformed type, the exception knows nothing.
        String given = ((ServletWebRequest) request).getHeader(HttpHeaders.CONTENT_TYPE);
        String detail = "Content-Type is %s; accepted: %s".formatted(given == null ? "absent" : given, accepted);
        return respond(Problem.UNSUPPORTED_MEDIA_TYPE, detail, List.of(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String given = String.join(", ", ((ServletWebRequest) request).getHeaderValues(HttpHeaders.ACCEPT));
        String accepted = exception.getSupportedMediaTypes().isEmpty()
                ? "media types"
                : exception.getSupportedMediaTypes().stream()
                        .map(MediaType::toString)
                        .distinct()
                        .collect(Collectors.joining(", "));
        String detail = "Accept is %s; accepted: %s".formatted(given, accepted);
        return respond(Problem.NOT_ACCEPTABLE, detail, List.of(), headers, request);
    }

    /** All other exceptions of the framework arrive here with the status that it chose. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = body instanceof ProblemDetail given ? given.getDetail() : null;
        return respond(ProblemBody.ofStatus(status, detail, path(request)), headers);
    }

    private ResponseEntity<Object> respond(
            Problem problem, String detail, List<Violation> errors, HttpHeaders headers, WebRequest request) {
        forgetAnswer(((ServletWebRequest) request).getResponse());
        return respond(ProblemBody.of(problem, detail, path(request), errors), headers);
    }

    private ResponseEntity<Object> respond(ProblemBody body, HttpHeaders headers) {
        // The headers of the framework's exceptions may be read-only.
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(body, all, body.status());
    }

    /** What fails after it has begun, such as a file that is gone, would cut the problem to its length or precede it. */
    private static void forgetAnswer(@Nullable HttpServletResponse response) {
        if (response == null || response.isCommitted()) {
            return;
        }
        if (response.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
            response.reset();
        } else {
            response.resetBuffer();
        }
    }

    private static String path(WebRequest request) {
        return ((ServletWebRequest) request).getRequest().getRequestURI();
    }
}
