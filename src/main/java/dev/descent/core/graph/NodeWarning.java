package dev.descent.core.graph;

/** Something about a node that its numbers don't tell, such as why one of them is not finite. */
public record NodeWarning(int node, String detail) {}
