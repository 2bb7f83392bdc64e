package dev.descent.job;

import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.store.Spool;
import java.io.IOException;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/training-jobs/{id}/out-of-fold-predictions")
class OutOfFoldController {

    private static final String CSV = "text/csv";

    private final OutOfFoldPredictions predictions;

    OutOfFoldController(OutOfFoldPredictions predictions) {
        this.predictions = predictions;
    }

    @GetMapping(produces = CSV)
    @Requires(Scope.READ)
    ResponseEntity<Resource> get(Principal principal, @PathVariable String id) throws IOException {
        Spool csv = predictions.write(principal, id);
        ContentDisposition file = ContentDisposition.attachment()
                .filename(id + "-out-of-fold.csv")
                .build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(CSV + ";charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentLength(csv.length())
                .body(new InputStreamResource(csv.read()));
    }
}
