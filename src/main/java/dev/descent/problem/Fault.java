package dev.descent.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON Pointer into the body as a URI fragment ({@code #/hyperparameters/epochs}), or a query parameter ({@code ?limit})
 * @param detail a sentence that names what was sent and what is accepted
 */
public record Fault(String pointer, String detail) {}
