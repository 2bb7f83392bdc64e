package dev.descent.core.graph;

import dev.descent.core.Name;

/** Something about a node that its numbers don't tell, such as why one of them is not finite. */
public record NodeWarning(
        @Name("node") int node, @Name("detail") String detail) {}
