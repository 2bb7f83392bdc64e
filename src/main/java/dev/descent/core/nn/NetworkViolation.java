package dev.descent.core.nn;

/**
 * A reason why a network cannot be built.
 *
 * @param node the index in the list of nodes, or −1 if no single node is at fault
 * @param part the part of the node, such as {@code inputs/0}, or an empty string for the whole node; without a node, the
 *     part of the network, or an empty string for the batch
 */
public record NetworkViolation(int node, String part, String detail) {}
