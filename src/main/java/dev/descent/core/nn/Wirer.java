package dev.descent.core.nn;

import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.Incoming;
import dev.descent.core.nn.layer.MisfitException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the order of a network's nodes, and everything that is wrong with them. */
final class Wirer {

    private final NetworkSpec spec;
    private final BatchColumns batch;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<NetworkFlaw> flaws = new ArrayList<>();

    Wirer(NetworkSpec spec, BatchColumns batch) {
        this.spec = spec;
        this.batch = batch;
    }

    Wiring wire() {
        checkNames();
        checkInputs();
        stopAtFlaws();
        List<Integer> order = order();
        stopAtFlaws();
        checkUse(order);
        stopAtFlaws();
        List<Wiring.Node> nodes = widths(order);
        stopAtFlaws();
        return new Wiring(batch, nodes, order.indexOf(placeOf(spec.output())));
    }

    private void stopAtFlaws() {
        if (!flaws.isEmpty()) {
            throw new InvalidNetworkException(flaws);
        }
    }

    private int placeOf(String name) {
        return name.equals(NetworkSpec.INPUT) ? -1 : places.get(name);
    }

    private boolean isKnown(String name) {
        return name.equals(NetworkSpec.INPUT) || places.containsKey(name);
    }

    private void checkNames() {
        for (int place = 0; place < spec.nodes().size(); place++) {
            String name = spec.nodes().get(place).name();
            if (name.equals(NetworkSpec.INPUT)) {
                flaws.add(new NetworkFlaw(place, "name", "the name \"input\" means the batch; choose another"));
            } else if (places.putIfAbsent(name, place) != null) {
                flaws.add(new NetworkFlaw(place, "name", "the name \"%s\" is used twice".formatted(name)));
            }
        }
    }

    private void checkInputs() {
        for (int place = 0; place < spec.nodes().size(); place++) {
            NodeSpec node = spec.nodes().get(place);
            if (!node.layer().arity().accepts(node.inputs().size())) {
                flaws.add(new NetworkFlaw(
                        place,
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
                    flaws.add(new NetworkFlaw(place, "inputs/" + input, "there is no node \"%s\"".formatted(name)));
                }
            }
        }
        for (int place = 0; place < spec.nodes().size(); place++) {
            checkReadingOfTheBatch(place, spec.nodes().get(place));
        }
        if (!isKnown(spec.output())) {
            flaws.add(new NetworkFlaw(-1, "output", "there is no node \"%s\"".formatted(spec.output())));
        }
    }

    /** Raw columns can be found by name in the batch alone, and level numbers mean nothing to other layers. */
    private void checkReadingOfTheBatch(int place, NodeSpec node) {
        boolean readsBatch = node.inputs().contains(NetworkSpec.INPUT);
        if (node.layer().readsBatchByName() && !readsBatch) {
            flaws.add(new NetworkFlaw(
                    place,
                    "inputs",
                    "%s reads columns of the batch; its input must be \"input\""
                            .formatted(node.layer().type())));
        }
        if (!node.layer().readsBatchByName() && readsBatch && batch.holdLevelNumbers()) {
            flaws.add(new NetworkFlaw(
                    place,
                    "inputs",
                    "\"input\" holds categorical columns for an embedding; %s can only read it through embedding or columns"
                            .formatted(node.layer().type())));
        }
    }

    /** Kahn's algorithm; among the nodes that are ready, the one that stands first in the list comes first. */
    private List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        Set<Integer> done = new HashSet<>(Set.of(-1));
        List<Integer> waiting =
                new ArrayList<>(IntStream.range(0, spec.nodes().size()).boxed().toList());
        boolean moved = true;
        while (moved) {
            moved = waiting.removeIf(place -> {
                boolean ready =
                        spec.nodes().get(place).inputs().stream().allMatch(name -> done.contains(placeOf(name)));
                if (ready) {
                    done.add(place);
                    order.add(place);
                }
                return ready;
            });
        }
        for (int place : waiting) {
            String name = spec.nodes().get(place).name();
            flaws.add(new NetworkFlaw(place, "inputs", "\"%s\" lies on or behind a cycle".formatted(name)));
        }
        return order;
    }

    private void checkUse(List<Integer> order) {
        Set<Integer> used = new HashSet<>(Set.of(placeOf(spec.output())));
        for (int i = order.size() - 1; i >= 0; i--) {
            int place = order.get(i);
            NodeSpec node = spec.nodes().get(place);
            if (used.contains(place)) {
                node.inputs().forEach(name -> used.add(placeOf(name)));
            } else {
                flaws.add(new NetworkFlaw(place, "", "nothing uses the output of \"%s\"".formatted(node.name())));
            }
        }
    }

    private List<Wiring.Node> widths(List<Integer> order) {
        List<Wiring.Node> nodes = new ArrayList<>();
        Map<Integer, Integer> widths = new HashMap<>(Map.of(-1, batch.width()));
        for (int place : order) {
            NodeSpec node = spec.nodes().get(place);
            List<Integer> sources = node.inputs().stream().map(this::placeOf).toList();
            List<Integer> inputWidths = sources.stream().map(widths::get).toList();
            int width = width(place, node, inputWidths);
            widths.put(place, width);
            nodes.add(new Wiring.Node(
                    node,
                    sources.stream().map(order::indexOf).toList(),
                    inputWidths,
                    width,
                    isSound(place) ? node.layer().parameterCount(new Incoming(inputWidths, batch)) : 0,
                    isSound(place) ? node.layer().stateCount(new Incoming(inputWidths, batch)) : 0));
        }
        return nodes;
    }

    private int width(int place, NodeSpec node, List<Integer> inputWidths) {
        try {
            return node.layer().outputWidth(new Incoming(inputWidths, batch));
        } catch (MisfitException misfit) {
            flaws.add(new NetworkFlaw(place, misfit.part(), misfit.detail()));
            return inputWidths.get(0);
        }
    }

    private boolean isSound(int place) {
        return flaws.stream().noneMatch(flaw -> flaw.node() == place);
    }
}
