package dev.descent.core.graph;

import dev.descent.core.Name;

/** Something that a node's numbers do not show, such as why one of them is not finite. */
public record NodeWarning(
        @Name("node") int node, @Name("detail") String detail) {}
