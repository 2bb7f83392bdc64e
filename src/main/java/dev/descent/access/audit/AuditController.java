package dev.descent.access.audit;

import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping("/audit")
    @Requires(Scope.ADMIN)
    Listing<AuditEntry> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable String owner) {
        Cursor cursor = Cursor.of(limit, null);
        if (after != null && after < 0) {
            throw Cursor.unknown(after.toString());
        }
        long before = after == null ? Long.MAX_VALUE : after;
        return Listing.of(audit.list(owner, before, cursor.limit() + 1), cursor, Function.identity());
    }

    @GetMapping("/audit:verify")
    @Requires(Scope.ADMIN)
    Verification verify() {
        return audit.verify();
    }
}
