package dev.descent.problem;

import dev.descent.principal.Open;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages that the {@code type} URIs of problems refer to. */
@RestController
class ProblemPages {

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    @Open
    String list() {
        return page(
                "Problems",
                Arrays.stream(Problem.values())
                        .map(problem -> "<li><a href=\"%s\">%s</a> (%d)</li>"
                                .formatted(
                                        problem.type(),
                                        problem.title(),
                                        problem.status().value()))
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>")));
    }

    @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
    @Open
    String one(@PathVariable String slug) {
        Problem problem = Problem.ofSlug(slug).orElseThrow(() -> ProblemException.notFound("problem type", slug));
        return page(
                "%s (%d)".formatted(problem.title(), problem.status().value()),
                "<p>%s</p>\n<p><a href=\"/problems\">All problems</a></p>"
                        .formatted(HtmlUtils.htmlEscape(problem.explanation())));
    }

    private static String page(String title, String content) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>%1$s</title>
                <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
                <h1>%1$s</h1>
                %2$s
                </html>
                """.formatted(title, content);
    }
}
