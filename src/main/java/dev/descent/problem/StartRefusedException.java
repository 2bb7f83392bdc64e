package dev.descent.problem;

/**
 * Aborts startup with a sentence instead of a stack trace, because of settings that cannot work or a machine that does
 * not fit them.
 */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param description what is wrong, with the name and the value of the setting
     * @param action what to do about it
     */
    public StartRefusedException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
