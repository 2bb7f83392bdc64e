package dev.descent.model.serving;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;

/** What happens to columns that the model does not know, the target among them. */
enum ExtraColumns {
    /** They are a fault, because they are more often a misspelt input than intended. */
    @Name("reject")
    REJECT,
    /** They are not read. */
    @Name("ignore")
    IGNORE;

    /** Adds a violation, and rejects them, if the text says neither. */
    static ExtraColumns read(String text, String pointer, Violations violations) {
        if (Names.of(IGNORE).equals(text)) {
            return IGNORE;
        }
        if (!Names.of(REJECT).equals(text)) {
            violations.add(pointer, "extra_columns is %s; accepted: reject, ignore".formatted(Quote.text(text)));
        }
        return REJECT;
    }
}
