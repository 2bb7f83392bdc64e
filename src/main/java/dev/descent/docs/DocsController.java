package dev.descent.docs;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DocsController {

    /** Loads nothing from other hosts: the scripts are served by this service. */
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Descent: the API</title>
            <link rel="stylesheet" href="/webjars/swagger-ui/swagger-ui.css">
            <link rel="icon" href="/webjars/swagger-ui/favicon-32x32.png">
            <div id="contract"></div>
            <script src="/webjars/swagger-ui/swagger-ui-bundle.js"></script>
            <script>
              SwaggerUIBundle({ url: '/openapi.yaml', dom_id: '#contract', deepLinking: true, tryItOutEnabled: true })
            </script>
            </html>
            """;

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    ResponseEntity<Resource> contract() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(new ClassPathResource("openapi.yaml"));
    }

    @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        return PAGE;
    }
}
