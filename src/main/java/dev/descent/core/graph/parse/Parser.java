package dev.descent.core.graph.parse;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.GraphBuilder;
import dev.descent.core.graph.Node;
import dev.descent.core.graph.operator.Operators;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Parses an expression by recursive descent, one method per line of this grammar:
 *
 * <pre>
 * sum     = product {("+" | "-") product}
 * product = signed {("*" | "/") signed}
 * signed  = "-" signed | power
 * power   = operand ["^" signed]
 * operand = number | name | function "(" sum ")" | "(" sum ")"
 * </pre>
 *
 * <p>Hence, as in mathematics, -x^2 is -(x^2), and a^b^c is a^(b^c). A minus directly before a number literal belongs
 * to the number.
 *
 * <p>The limits bound the work, and the depth limit keeps the recursion within the stack, whatever the input.
 */
public final class Parser {

    static final int MAX_CHARACTERS = 10_000;
    static final int MAX_NODES = 1_000;
    static final int MAX_DEPTH = 100;

    private static final String OPERAND = "a number, a name, a function, \"(\" or \"-\"";
    private static final String OPERATOR = "an operator (+ - * / ^)";

    private final GraphBuilder graph = new GraphBuilder();
    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws InvalidExpressionException if the expression is malformed or too large */
    public static Graph parse(String expression) {
        if (expression.isBlank()) {
            throw new InvalidExpressionException(1, "expression is empty; accepted: such as (x + 1) * y");
        }
        if (expression.length() > MAX_CHARACTERS) {
            throw new InvalidExpressionException(
                    MAX_CHARACTERS + 1,
                    "expression has %d characters; accepted: up to %d".formatted(expression.length(), MAX_CHARACTERS));
        }
        Parser parser = new Parser(new Lexer(expression).tokens());
        parser.sum();
        if (!parser.peek().is(Token.Kind.END)) {
            throw parser.unexpected(OPERATOR + " or the end");
        }
        return parser.graph.build();
    }

    private Node sum() {
        return leftToRight(Operators.SUMS, this::product);
    }

    private Node product() {
        return leftToRight(Operators.PRODUCTS, this::signed);
    }

    private Node leftToRight(Map<String, BinaryOperator<Node>> operators, Supplier<Node> operand) {
        Node left = operand.get();
        for (var operator = next(operators); operator != null; operator = next(operators)) {
            Token symbol = take();
            left = operation(symbol, operator.apply(left, operand.get()));
        }
        return left;
    }

    private @Nullable BinaryOperator<Node> next(Map<String, BinaryOperator<Node>> operators) {
        return peek().is(Token.Kind.SYMBOL) ? operators.get(peek().text()) : null;
    }

    private Node signed() {
        if (!peek().is("-")) {
            return power();
        }
        Token minus = take();
        if (peek().is(Token.Kind.NUMBER) && !tokens.get(next + 1).is("^")) {
            return constant(take(), -1);
        }
        return operation(minus, Operators.NEGATE.apply(deeper(minus, this::signed)));
    }

    private Node power() {
        Node base = operand();
        if (!peek().is("^")) {
            return base;
        }
        Token symbol = take();
        return operation(symbol, Operators.POWER.apply(base, deeper(symbol, this::signed)));
    }

    private Node operand() {
        return switch (peek().kind()) {
            case NUMBER -> constant(take(), 1);
            case NAME -> named(take());
            default -> {
                if (!peek().is("(")) {
                    throw unexpected(OPERAND);
                }
                yield parentheses();
            }
        };
    }

    private Node named(Token name) {
        UnaryOperator<Node> function = Operators.FUNCTIONS.get(name.text());
        if (function != null) {
            if (!peek().is("(")) {
                throw unexpected("\"(\" after the function " + name.text());
            }
            return operation(name, function.apply(parentheses()));
        }
        if (peek().is("(")) {
            throw new InvalidExpressionException(
                    name.position(),
                    "expression has %s before \"(\" at position %d, which is not a function; accepted: %s; a product needs *"
                            .formatted(
                                    shortened(name), name.position(), String.join(", ", Operators.FUNCTIONS.keySet())));
        }
        Node variable = graph.variable(name.text());
        checkSize(name);
        return variable;
    }

    private Node parentheses() {
        Token open = take();
        Node inner = deeper(open, this::sum);
        if (!peek().is(")")) {
            throw unexpected("%s or \")\" for the \"(\" at position %d".formatted(OPERATOR, open.position()));
        }
        take();
        return inner;
    }

    private Node constant(Token token, int sign) {
        double number = sign * Double.parseDouble(token.text());
        if (!Double.isFinite(number)) {
            throw new InvalidExpressionException(
                    token.position(),
                    "expression has the number %s at position %d, which is too large; accepted: up to %s"
                            .formatted(shortened(token), token.position(), Double.MAX_VALUE));
        }
        Node constant = graph.constant(number);
        checkSize(token);
        return constant;
    }

    private Node operation(Token where, Node node) {
        Node added = graph.operation(node);
        checkSize(where);
        return added;
    }

    private void checkSize(Token where) {
        if (graph.size() > MAX_NODES) {
            throw new InvalidExpressionException(
                    where.position(),
                    "expression makes more than %d nodes, the next one at position %d; accepted: up to %d nodes"
                            .formatted(MAX_NODES, where.position(), MAX_NODES));
        }
    }

    private Node deeper(Token where, Supplier<Node> inner) {
        if (depth == MAX_DEPTH) {
            throw new InvalidExpressionException(
                    where.position(),
                    "expression is nested more than %d deep at position %d; accepted: up to %d levels of parentheses, functions, signs and powers"
                            .formatted(MAX_DEPTH, where.position(), MAX_DEPTH));
        }
        depth++;
        Node node = inner.get();
        depth--;
        return node;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private InvalidExpressionException unexpected(String accepted) {
        Token found = peek();
        return new InvalidExpressionException(
                found.position(),
                "expression has %s at position %d; accepted: %s"
                        .formatted(shortened(found), found.position(), accepted));
    }

    private static String shortened(Token token) {
        String text = token.described();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…\"";
    }
}
