package dev.descent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a problem must not tell about the server: names of classes and methods, traces, and paths of its files. */
public final class Disclosures {

    private static final Pattern CLASS =
            Pattern.compile("\\b(?:java|javax|jakarta|kotlin|sun|jdk|org|com|net|tools|dev)\\.[a-z0-9]+\\.\\w+"
                    + "|\\b[A-Z]\\w*(?:Exception|Error)\\b|\\b[A-Z]\\w*\\.\\w+\\(|\\bat \\w+(?:\\.\\w+)+\\(");

    private static final List<String> PATHS = Stream.of("java.io.tmpdir", "user.home", "user.dir", "java.home")
            .map(System::getProperty)
            .toList();

    private Disclosures() {}

    /** The messages of a problem that tell too much. */
    public static List<String> in(DescentClient.Answer answer) {
        if (!answer.headers().getOrDefault("content-type", "").startsWith("application/problem+json")) {
            return List.of();
        }
        JsonNode problem = answer.json();
        List<String> messages = new ArrayList<>(List.of(problem.path("detail").asString("")));
        problem.path("errors")
                .forEach(error -> messages.add(error.path("detail").asString("")));
        return messages.stream().filter(Disclosures::tellsTooMuch).toList();
    }

    private static boolean tellsTooMuch(String message) {
        return CLASS.matcher(message).find() || PATHS.stream().anyMatch(message::contains);
    }
}
