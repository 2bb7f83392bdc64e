package dev.descent.core.graph.operator;

import dev.descent.core.graph.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The syntax of the operators. A new operator needs its class and one line here. */
public final class Operators {

    /** Equal precedence, left-associative. */
    public static final Map<String, BinaryOperator<Node>> SUMS = Map.of("+", Add::new, "-", Subtract::new);

    /** Equal precedence, higher than the sums, left-associative. */
    public static final Map<String, BinaryOperator<Node>> PRODUCTS = Map.of("*", Multiply::new, "/", Divide::new);

    /** The sign, as in {@code -x}. */
    public static final UnaryOperator<Node> NEGATE = Negate::new;

    /** {@code ^}, right-associative. */
    public static final BinaryOperator<Node> POWER = Power::new;

    /** By name, called with one argument in parentheses. */
    public static final Map<String, UnaryOperator<Node>> FUNCTIONS = functions();

    private Operators() {}

    private static Map<String, UnaryOperator<Node>> functions() {
        Map<String, UnaryOperator<Node>> functions = new LinkedHashMap<>();
        functions.put("exp", Exp::new);
        functions.put("log", Log::new);
        functions.put("sin", Sin::new);
        functions.put("cos", Cos::new);
        functions.put("tanh", Tanh::new);
        functions.put("sigmoid", Sigmoid::new);
        functions.put("relu", Relu::new);
        functions.put("sqrt", Sqrt::new);
        functions.put("abs", Abs::new);
        return Collections.unmodifiableMap(functions);
    }
}
