package dev.descent.fuzz;

import dev.descent.testing.TestToken;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request under construction, which may be as wrong as bytes can be. */
final class Request {

    final Operation operation;
    final Values.Style style;
    String method;
    String path = "";
    final Map<String, String> query = new LinkedHashMap<>();
    /** In place of the query, where one is sent that has no names and values. */
    @Nullable
    String rawQuery;

    final List<String> headers = new ArrayList<>();

    @Nullable
    String credential = TestToken.LINE;

    String host = "Host: localhost";

    @Nullable
    String contentType;

    byte @Nullable [] body;
    /** In place of the length of the body. */
    @Nullable
    String framing;

    boolean pathIsBroken;
    /** Whether the body says itself what it holds. */
    boolean bodyIsPlain = true;

    Request(Operation operation, Values.Style style) {
        this.operation = operation;
        this.style = style;
        this.method = operation.method();
    }

    boolean isOfItsOperation() {
        return !pathIsBroken && method.equals(operation.method());
    }

    String target() {
        String raw = rawQuery;
        if (raw == null) {
            List<String> pairs = new ArrayList<>();
            query.forEach((name, value) -> pairs.add(Operation.encoded(name) + "=" + Operation.encoded(value)));
            raw = String.join("&", pairs);
        }
        return raw.isEmpty() ? path : path + "?" + raw;
    }

    private String head() {
        List<String> lines = new ArrayList<>(List.of(method + " " + target() + " HTTP/1.1", host));
        if (credential != null) {
            lines.add(credential);
        }
        lines.addAll(headers);
        if (contentType != null) {
            lines.add("Content-Type: " + contentType);
        }
        if (framing != null) {
            lines.add(framing);
        } else if (body != null) {
            lines.add("Content-Length: " + body.length);
        }
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** For people, who need no more than the beginning. */
    @Override
    public String toString() {
        String text = head() + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
        return text.length() > 3_000 ? text.substring(0, 3_000) + " …" : text;
    }
}
