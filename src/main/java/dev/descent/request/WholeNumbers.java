package dev.descent.request;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Reads whole numbers in addresses as JSON does. Spring would also take 0x1F, #1F, 007 and +7. */
@ControllerAdvice
class WholeNumbers {

    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})");

    /** An editor, because where a converter refuses, Spring asks its own editor. */
    @InitBinder
    void read(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new Editor(Integer::valueOf));
        binder.registerCustomEditor(Integer.class, new Editor(Integer::valueOf));
        binder.registerCustomEditor(long.class, new Editor(Long::valueOf));
        binder.registerCustomEditor(Long.class, new Editor(Long::valueOf));
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, Number> parser;

        Editor(Function<String, Number> parser) {
            this.parser = parser;
        }

        @Override
        public void setAsText(String text) {
            if (!WHOLE.matcher(text).matches()) {
                throw new NumberFormatException("\"%s\" is no whole number".formatted(text));
            }
            setValue(parser.apply(text));
        }
    }
}
