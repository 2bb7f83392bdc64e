package dev.descent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Exits with 0 if the service on this machine is ready to work: the health check of an image that has neither a shell
 * nor an HTTP client. A JVM that loads little else starts in a fraction of a second.
 */
final class ReadinessProbe {

    private static final int PATIENCE_MS = 4_000;
    private static final String REQUEST = "GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n";

    private ReadinessProbe() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("SERVER_PORT", "8080"));
        System.exit(isReady(port) ? 0 : 1);
    }

    static boolean isReady(int port) throws IOException {
        try (Socket connection = new Socket()) {
            connection.setSoTimeout(PATIENCE_MS);
            connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            connection.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200 ") || answer.startsWith("HTTP/1.0 200 ");
        }
    }
}
