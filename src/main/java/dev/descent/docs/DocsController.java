package dev.descent.docs;

import dev.descent.principal.Open;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract, and the page that shows it, which loads nothing from other hosts. */
@RestController
class DocsController {

    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    @Open
    ResponseEntity<Resource> contract() {
        return file("openapi.yaml", MediaType.APPLICATION_YAML);
    }

    @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
    @Open
    ResponseEntity<Resource> page() {
        return file("docs/index.html", MediaType.TEXT_HTML);
    }

    @GetMapping("/docs/docs.js")
    @Open
    ResponseEntity<Resource> script() {
        return file("docs/docs.js", SCRIPT);
    }

    @GetMapping("/docs/docs.css")
    @Open
    ResponseEntity<Resource> style() {
        return file("docs/docs.css", STYLE);
    }

    private static ResponseEntity<Resource> file(String name, MediaType type) {
        return ResponseEntity.ok().contentType(type).body(new ClassPathResource(name));
    }
}
