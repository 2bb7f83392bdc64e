package dev.descent.core.nn;

import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.Incoming;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.LayerViolationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts a network's nodes in order and finds everything that is wrong with them. */
final class NetworkCompiler {

    private final NetworkSpec spec;
    private final BatchColumns batch;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<NetworkViolation> violations = new ArrayList<>();

    /** Nodes whose width could not be determined. */
    private final Set<Integer> unsound = new HashSet<>();

    NetworkCompiler(NetworkSpec spec, BatchColumns batch) {
        this.spec = spec;
        this.batch = batch;
    }

    Wiring wire() {
        Wiring wiring = compile();
        stopAtViolations();
        return wiring;
    }

    /**
     * Wires a network whose batch is known only within bounds, for the widest batch. Since messages name the widths
     * that don't fit, a violation is certain if the narrowest batch causes the same one. Anything else may turn out to
     * be valid, and then no node is wider than here. What is too wide for the widest batch is refused, since there is
     * no bound of its memory.
     */
    static Wiring wireBetween(NetworkSpec spec, BatchColumns narrowest, BatchColumns widest) {
        NetworkCompiler wide = new NetworkCompiler(spec, widest);
        Wiring wiring = wide.compile();
        NetworkCompiler narrow = new NetworkCompiler(spec, narrowest);
        narrow.compile();
        wide.violations.retainAll(new HashSet<>(narrow.violations));
        wide.stopAtViolations();
        return wiring;
    }

    /** Stops at the first kind of problem, except for mismatched widths. */
    private Wiring compile() {
        checkBatch();
        checkNames();
        checkInputs();
        stopAtViolations();
        List<Integer> order = order();
        stopAtViolations();
        checkUse(order);
        stopAtViolations();
        List<Wiring.Node> nodes = widths(order);
        return new Wiring(batch, nodes, order.indexOf(indexOf(spec.output())));
    }

    private void stopAtViolations() {
        if (!violations.isEmpty()) {
            throw new InvalidNetworkException(violations);
        }
    }

    private int indexOf(String name) {
        return name.equals(NetworkSpec.INPUT) ? -1 : Objects.requireNonNull(indices.get(name), name);
    }

    private boolean isKnown(String name) {
        return name.equals(NetworkSpec.INPUT) || indices.containsKey(name);
    }

    private void checkBatch() {
        if (batch.exactWidth() > LayerSpec.MAX_WIDTH) {
            throw tooWide(-1, "the features become", batch.exactWidth(), "inputs");
        }
    }

    /** The only violation, because without a width all others behind it are just consequences. */
    private static InvalidNetworkException tooWide(int index, String subject, long width, String noun) {
        String detail =
                String.format(Locale.ROOT, "%s %,d %s; accepted: up to %,d", subject, width, noun, LayerSpec.MAX_WIDTH);
        return new InvalidNetworkException(List.of(new NetworkViolation(index, "", detail)));
    }

    private void checkNames() {
        for (int index = 0; index < spec.nodes().size(); index++) {
            String name = spec.nodes().get(index).name();
            if (name.equals(NetworkSpec.INPUT)) {
                violations.add(
                        new NetworkViolation(index, "name", "the name \"input\" means the batch; choose another"));
            } else if (indices.putIfAbsent(name, index) != null) {
                violations.add(new NetworkViolation(index, "name", "the name \"%s\" is used twice".formatted(name)));
            }
        }
    }

    private void checkInputs() {
        for (int index = 0; index < spec.nodes().size(); index++) {
            NodeSpec node = spec.nodes().get(index);
            if (!node.layer().arity().accepts(node.inputs().size())) {
                violations.add(new NetworkViolation(
                        index,
                        "inputs",
                        "%s takes %s, got %d"
                                .formatted(
                                        node.layer().type(),
                                        node.layer().arity(),
                                        node.inputs().size())));
            }
            for (int input = 0; input < node.inputs().size(); input++) {
                String name = node.inputs().get(input);
                if (!isKnown(name)) {
                    violations.add(
                            new NetworkViolation(index, "inputs/" + input, "there is no node \"%s\"".formatted(name)));
                }
            }
        }
        for (int index = 0; index < spec.nodes().size(); index++) {
            checkReadingOfTheBatch(index, spec.nodes().get(index));
        }
        if (!isKnown(spec.output())) {
            violations.add(new NetworkViolation(-1, "output", "there is no node \"%s\"".formatted(spec.output())));
        }
    }

    /** Only the batch has named raw columns, and level indexes mean nothing to other layers. */
    private void checkReadingOfTheBatch(int index, NodeSpec node) {
        boolean readsBatch = node.inputs().contains(NetworkSpec.INPUT);
        if (node.layer().readsBatchByName() && !readsBatch) {
            violations.add(new NetworkViolation(
                    index,
                    "inputs",
                    "%s reads columns of the batch; its input must be \"input\""
                            .formatted(node.layer().type())));
        }
        if (!node.layer().readsBatchByName() && readsBatch && batch.holdLevelNumbers()) {
            violations.add(new NetworkViolation(
                    index,
                    "inputs",
                    "\"input\" holds categorical columns for an embedding; %s can only read it through embedding or columns"
                            .formatted(node.layer().type())));
        }
    }

    /**
     * Kahn's algorithm, in passes over the list: each takes the nodes whose inputs are done, those of this pass
     * included. Stored weights have this order.
     */
    private List<Integer> order() {
        int count = spec.nodes().size();
        int[] waitsFor = new int[count];
        List<List<Integer>> users = new ArrayList<>();
        IntStream.range(0, count).forEach(index -> users.add(new ArrayList<>()));
        Deque<Integer> ready = new ArrayDeque<>();
        for (int index = 0; index < count; index++) {
            for (String name : spec.nodes().get(index).inputs()) {
                int source = indexOf(name);
                if (source >= 0) {
                    users.get(source).add(index);
                    waitsFor[index]++;
                }
            }
            if (waitsFor[index] == 0) {
                ready.add(index);
            }
        }
        int[] pass = new int[count];
        List<Integer> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int source = ready.remove();
            order.add(source);
            for (int user : users.get(source)) {
                pass[user] = Math.max(pass[user], source < user ? pass[source] : pass[source] + 1);
                if (--waitsFor[user] == 0) {
                    ready.add(user);
                }
            }
        }
        for (int index = 0; index < count; index++) {
            if (waitsFor[index] > 0) {
                String name = spec.nodes().get(index).name();
                violations.add(
                        new NetworkViolation(index, "inputs", "\"%s\" lies on or behind a cycle".formatted(name)));
            }
        }
        order.sort(Comparator.<Integer>comparingInt(index -> pass[index]).thenComparingInt(index -> index));
        return order;
    }

    private void checkUse(List<Integer> order) {
        Set<Integer> used = new HashSet<>(Set.of(indexOf(spec.output())));
        for (int i = order.size() - 1; i >= 0; i--) {
            int index = order.get(i);
            NodeSpec node = spec.nodes().get(index);
            if (used.contains(index)) {
                node.inputs().forEach(name -> used.add(indexOf(name)));
            } else {
                violations.add(
                        new NetworkViolation(index, "", "nothing uses the output of \"%s\"".formatted(node.name())));
            }
        }
    }

    private List<Wiring.Node> widths(List<Integer> order) {
        List<Wiring.Node> nodes = new ArrayList<>();
        Map<Integer, Integer> positions = new HashMap<>(Map.of(-1, -1));
        order.forEach(index -> positions.put(index, positions.size() - 1));
        Map<Integer, Integer> widths = new HashMap<>(Map.of(-1, batch.width()));
        for (int index : order) {
            NodeSpec node = spec.nodes().get(index);
            List<Integer> sources = node.inputs().stream().map(this::indexOf).toList();
            List<Integer> inputWidths = sources.stream().map(widths::get).toList();
            int width = width(index, node, inputWidths);
            widths.put(index, width);
            nodes.add(new Wiring.Node(
                    node,
                    sources.stream().map(positions::get).toList(),
                    inputWidths,
                    width,
                    isSound(index) ? node.layer().parameterCount(new Incoming(inputWidths, batch)) : 0,
                    isSound(index) ? node.layer().stateCount(new Incoming(inputWidths, batch)) : 0));
        }
        return nodes;
    }

    private int width(int index, NodeSpec node, List<Integer> inputWidths) {
        try {
            long width = node.layer().outputWidth(new Incoming(inputWidths, batch));
            if (width > LayerSpec.MAX_WIDTH) {
                throw tooWide(index, "the output of \"%s\" has".formatted(node.name()), width, "columns");
            }
            return (int) width;
        } catch (LayerViolationException violation) {
            violations.add(new NetworkViolation(index, violation.part(), violation.detail()));
            unsound.add(index);
            return inputWidths.get(0);
        }
    }

    private boolean isSound(int index) {
        return !unsound.contains(index);
    }
}
