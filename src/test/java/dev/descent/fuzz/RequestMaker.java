package dev.descent.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.descent.fuzz.Values.Style;
import dev.descent.testing.Contract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes one request from the contract: a valid one, one at the bounds, or one that is broken in one place or two. */
final class RequestMaker {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");
    private static final String BOUNDARY = "descent-boundary";

    private static final List<String> TABLES = List.of(
            "sepal_length,species\n5.1,setosa\n6.3,virginica\n",
            "sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n",
            "a\n1\n2\nNA\n",
            "a;b\n\"x\ny\";2\n",
            "when,flag\n2026-01-01,true\n2026-01-02,false\n");

    private static final List<String> BROKEN_TABLES = List.of(
            "",
            "\n",
            "a,a\n1,2\n",
            "a,b\n1\n",
            "a\n\"open\n",
            ",\n,\n",
            "a\n1e999\n",
            "a\u202eb\n1\n",
            "\ufeff\n",
            "a\u0000b\n1\n",
            "a\n" + "=1+1\n".repeat(100),
            "a,".repeat(20_000) + "a\n",
            "x".repeat(200_000) + "\n1\n");

    private static final List<String> BROKEN_PATHS = List.of(
            "/",
            "//",
            "/../..",
            "/..;/",
            ";a=b",
            "%00",
            "%2e%2e",
            "%2F",
            "%5c",
            "%zz",
            "%",
            "%ff",
            "%c0%ae",
            "\\",
            "%0d%0a",
            "\u00e4",
            "%e2%80%ae",
            "%F0%9F%98%80",
            "/x",
            ".json",
            "%20",
            "a".repeat(5_000));

    private static final List<String> BROKEN_QUERIES = List.of(
            "%",
            "=x",
            "%zz=1",
            "a=%ff",
            "limit=%zz",
            "a&b",
            "&",
            "&&=&",
            "a[]=1",
            "metadata[a=1",
            "metadata[]=",
            "metadata[a]=1&metadata[a]=2",
            "limit=1&limit=2",
            "limit=",
            "limit",
            "a=%00",
            "a=%e2%80%ae",
            "colour=red",
            "a=1&".repeat(2_000),
            "after=%c3%28",
            "x=" + "y".repeat(5_000));

    private static final List<String> BROKEN_HEADERS = List.of(
            "Accept: image/png",
            "Accept: brew",
            "Accept: */*;q=2",
            "Accept: text/csv;q=0.1, application/json;q=0",
            "Accept: \u00ff",
            "Accept-Encoding: gzip;q=brew",
            "Accept-Charset: brew",
            "Accept-Language: " + "x,".repeat(1_000),
            "Content-Encoding: brew",
            "Content-Encoding: gzip, gzip",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 0x10",
            "Content-Length: 1\r\nContent-Length: 2",
            "Transfer-Encoding: brew",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Expect: brew",
            "Expect: 100-continue",
            "Host: evil.example",
            "Host: localhost:99999999",
            "Origin: http://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Cookie: descent_session=x; XSRF-TOKEN=" + "y".repeat(2_000),
            "Cookie: =;;=\u0001",
            "Authorization: Bearer",
            "Authorization: Basic YTpi",
            "X-XSRF-TOKEN: x",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-For: \u0000",
            "X-Forwarded-Host: evil.example",
            "Forwarded: for=brew;host=evil.example",
            "If-Match: \"",
            "If-Match: W/brew, *",
            "If-None-Match: \"a\", brew",
            "If-Modified-Since: yesterday",
            "If-Range: \"x\"",
            "Range: bytes=-0",
            "Range: bytes=5-1",
            "Range: bytes=0-0,0-0,99999999999999999999-",
            "Range: lines=1",
            "Range: bytes=" + "0-1,".repeat(1_000) + "0-1",
            "Prefer: wait=-1",
            "Prefer: wait=brew",
            "Prefer: wait=0, respond-async",
            "Idempotency-Key: ",
            "Idempotency-Key: \u00e4",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key: a b",
            "Last-Event-ID: brew",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x",
            "X: " + "x".repeat(9_000),
            "X-\u0001: y",
            "no colon at all",
            ": no name",
            " folded: line");

    private static final List<String> BROKEN_TYPES = List.of(
            "text/plain",
            "brew",
            "/",
            "application/json; charset=brew",
            "application/json; charset=utf-16",
            "application/xml",
            "application/x-www-form-urlencoded",
            "application/x-java-serialized-object",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x".repeat(300),
            "text/csv; charset=iso-8859-1",
            "*/*");

    private final Contract contract;
    private final SplittableRandom random;
    private final Resources resources;

    RequestMaker(Contract contract, SplittableRandom random, Resources resources) {
        this.contract = contract;
        this.random = random;
        this.resources = resources;
    }

    Request make(Operation operation) {
        Style style = pick(List.of(Style.VALID, Style.BOUNDARY, Style.BROKEN, Style.BROKEN));
        Request request = new Request(operation, style);
        // Of what is broken, half is so in what the schemas are about, which needs all the rest to be read at all.
        boolean inSchemas = style == Style.BROKEN && random.nextBoolean();
        Style ofValues = inSchemas ? Style.BROKEN : style == Style.BROKEN ? Style.VALID : style;
        Values values = new Values(contract, random, ofValues, resources.fitting());
        request.path = path(operation, ofValues);
        for (JsonNode parameter : operation.parameters()) {
            addParameter(request, parameter, values);
        }
        addBody(request, values);
        if (style == Style.BROKEN && !inSchemas) {
            breakOne(request);
            if (random.nextInt(4) == 0) {
                breakOne(request);
            }
        }
        return request;
    }

    /** With what there is, or with what there is not. */
    private String path(Operation operation, Style style) {
        Matcher parameters = PARAMETER.matcher(operation.template());
        return parameters.replaceAll(match -> {
            String collection = operation.template().substring(0, match.start() - 1);
            List<String> known = resources.of(collection, operation.method().equals("DELETE"));
            if (style == Style.BROKEN && random.nextInt(3) == 0) {
                return Matcher.quoteReplacement(
                        Operation.encoded(pick(Values.TEXTS)).replace("x".repeat(1_000), "x"));
            }
            return known.isEmpty() || random.nextInt(8) == 0 ? "none" : Operation.encoded(pick(known));
        });
    }

    private void addParameter(Request request, JsonNode parameter, Values values) {
        String name = parameter.path("name").asString();
        String in = parameter.path("in").asString();
        if (in.equals("path") || random.nextInt(3) > 0) {
            return;
        }
        String json = values.of(parameter.path("schema"), name);
        String text = plain(json);
        if (in.equals("header")) {
            // What a header cannot hold is among the broken ones.
            text = text.replaceAll("[^ -~]", "x");
            request.headers.add(name + ": " + text.substring(0, Math.min(text.length(), 2_000)));
            request.bodyIsPlain &= !name.equals("Content-Encoding");
        } else if (parameter.path("style").asString().equals("deepObject")) {
            request.query.put(name + "[team]", "a");
        } else {
            // The first line of a request has 8 kB at most.
            boolean fits = Operation.encoded(text).length() < 4_000;
            request.query.put(name, fits ? text : text.substring(0, Math.min(text.length(), 300)));
        }
    }

    /** Text as it is, the elements of lists with commas between them. */
    private static String plain(String json) {
        try {
            JsonNode value = JsonMapper.shared().readTree(json);
            return value.isArray()
                    ? String.join(
                            ",", value.valueStream().map(JsonNode::asString).toList())
                    : value.asString();
        } catch (RuntimeException noJson) {
            return json;
        }
    }

    private void addBody(Request request, Values values) {
        JsonNode content = request.operation.content();
        if (content.isEmpty()) {
            return;
        }
        List<String> types = List.copyOf(content.propertyNames());
        String type = pick(types);
        request.contentType = type;
        if (type.equals("multipart/form-data")) {
            request.contentType = type + "; boundary=" + BOUNDARY;
            request.body = form(content.at("/multipart~1form-data/schema/properties/options"), values);
        } else if (type.endsWith("json")) {
            request.body = values.of(content.path(type).path("schema"), "").getBytes(UTF_8);
        } else {
            request.body = pick(TABLES).getBytes(UTF_8);
        }
    }

    private byte[] form(JsonNode options, Values values) {
        StringBuilder form = new StringBuilder();
        part(form, "name=\"file\"; filename=\"a.csv\"", pick(TABLES));
        if (random.nextBoolean()) {
            part(form, "name=\"options\"\r\nContent-Type: application/json", values.of(options, ""));
        }
        return form.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(UTF_8);
    }

    private static void part(StringBuilder form, String disposition, String content) {
        form.append("--%s\r\nContent-Disposition: form-data; ".formatted(BOUNDARY))
                .append(disposition)
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
    }

    private void breakOne(Request request) {
        switch (random.nextInt(request.body == null ? 5 : 10)) {
            case 0 -> {
                int at = random.nextInt(request.path.length() + 1);
                request.path = request.path.substring(0, at) + pick(BROKEN_PATHS) + request.path.substring(at);
                if (!request.path.startsWith("/")) {
                    request.path = "/" + request.path;
                }
                request.pathIsBroken = true;
            }
            case 1 -> request.rawQuery = pick(BROKEN_QUERIES);
            case 2 -> breakHeaders(request);
            case 3 -> breakHeaders(request);
            case 4 ->
                request.method = pick(List.of(
                        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"));
            case 5 -> request.contentType = pick(BROKEN_TYPES);
            default -> breakBody(request);
        }
    }

    private void breakHeaders(Request request) {
        String header = pick(BROKEN_HEADERS);
        String name = header.split(":")[0].toLowerCase(Locale.ROOT);
        request.headers.removeIf(other -> other.toLowerCase(Locale.ROOT).startsWith(name + ":"));
        switch (name) {
            case "host" -> request.host = header;
            case "authorization" -> request.credential = random.nextBoolean() ? header : null;
            case "content-length", "transfer-encoding" -> request.framing = header;
            default -> request.headers.add(header);
        }
        request.bodyIsPlain &= !name.equals("content-encoding");
    }

    private void breakBody(Request request) {
        byte[] body = request.body;
        if (body == null) {
            return;
        }
        switch (random.nextInt(11)) {
            case 0 -> request.body = Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 1 -> {
                // Less than it says.
                request.framing = "Content-Length: " + body.length;
                request.body = Arrays.copyOf(body, random.nextInt(body.length + 1));
            }
            case 2 -> request.body = changed(body, (byte) random.nextInt(256));
            case 3 -> request.body = changed(body, pick(List.of((byte) 0, (byte) 0xff, (byte) 0x80, (byte) '"')));
            case 4 -> request.body = new String(body, UTF_8).getBytes(UTF_16);
            case 5 -> request.body = ("\ufeff" + new String(body, ISO_8859_1)).getBytes(UTF_8);
            case 6 -> request.body = pick(BROKEN_TABLES).getBytes(UTF_8);
            case 7 -> {
                request.framing = "Transfer-Encoding: chunked";
                request.body = pick(List.of("0\r\n\r\n", "zz\r\n", "5\r\nabc", "-1\r\n\r\n", "1\r\naa\r\n0\r\n\r\n"))
                        .getBytes(UTF_8);
            }
            case 8 -> {
                request.headers.add("Content-Encoding: gzip");
                request.bodyIsPlain = false;
                byte[] zipped = gzip(body);
                request.body = pick(List.of(zipped, body, Arrays.copyOf(zipped, zipped.length / 2)));
            }
            case 9 -> request.body = null;
            default -> request.body = pasted(body);
        }
    }

    private byte[] changed(byte[] body, byte value) {
        byte[] copy = body.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = value;
        }
        return copy;
    }

    /** With a piece of itself once more. */
    private byte[] pasted(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = from + random.nextInt(body.length + 1 - from);
        ByteArrayOutputStream pasted = new ByteArrayOutputStream();
        pasted.write(body, 0, to);
        pasted.write(body, from, body.length - from);
        return pasted.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return zipped.toByteArray();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** What the service has, so that requests come as far as to it. */
    static final class Resources {

        private static final int MOST = 20;

        private final Map<String, List<String>> lasting;
        private final Map<String, List<String>> made = new HashMap<>();
        private final Map<String, List<String>> fitting;

        /**
         * @param lasting by the path of their collection, what is never deleted
         * @param fitting values by the name of the field
         */
        Resources(Map<String, List<String>> lasting, Map<String, List<String>> fitting) {
            this.lasting = lasting;
            this.fitting = fitting;
        }

        List<String> of(String collection, boolean toDelete) {
            List<String> all = new ArrayList<>(made.getOrDefault(collection, List.of()));
            if (!toDelete) {
                all.addAll(lasting.getOrDefault(collection, List.of()));
            }
            return all;
        }

        void add(String collection, String id) {
            List<String> ids = made.computeIfAbsent(collection, key -> new ArrayList<>());
            ids.add(id);
            if (ids.size() > MOST) {
                ids.remove(0);
            }
        }

        Map<String, List<String>> fitting() {
            return fitting;
        }
    }
}
