package dev.descent.architecture;

/** A record that lacks what every public one needs, to prove that the rule works. */
public record Nameless(int count) {}
