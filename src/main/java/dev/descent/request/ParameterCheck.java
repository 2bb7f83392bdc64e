package dev.descent.request;

import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Rejects query parameters that the endpoint does not know, or of which it would read no value or only the first: all of
 * them would otherwise be ignored. Also those that no database could store or search for.
 */
@Component
class ParameterCheck implements HandlerInterceptor, WebMvcConfigurer {

    /** If a method takes all parameters as a map, they have this form. */
    private static final String METADATA = "metadata[…]";

    private static final Pattern METADATA_FORM = Pattern.compile("metadata\\[.*]", Pattern.DOTALL);

    private final Map<Method, Map<String, Parameter>> known = new ConcurrentHashMap<>();

    /**
     * What is known of a parameter.
     *
     * @param mayBeEmpty whether nothing is a value, such as a file without quotes has, on which its reader decides
     */
    private record Parameter(Class<?> type, boolean mayBeEmpty) {

        static final Parameter TEXT = new Parameter(String.class, false);

        boolean isEmpty(String value) {
            return !mayBeEmpty && (type == String.class ? value.isEmpty() : value.isBlank());
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Violations violations = new Violations();
        Map<String, String[]> parameters = request.getParameterMap();
        parameters.forEach((name, values) -> {
            if (!Texts.isStorable(name) || !Arrays.stream(values).allMatch(Texts::isStorable)) {
                violations.add(
                        Violation.QUERY + name,
                        "%s is %s; accepted: %s"
                                .formatted(name, Quote.text(String.join(", ", values)), Texts.STORABLE));
            }
        });
        if (!parameters.isEmpty() && handler instanceof HandlerMethod method && isOurs(method)) {
            Map<String, Parameter> accepted = knownTo(method);
            checkKnown(parameters.keySet(), accepted.keySet(), violations);
            parameters.forEach((name, values) -> checkOneValue(name, values, accepted, violations));
        } else if (handler instanceof ResourceHttpRequestHandler) {
            checkKnown(parameters.keySet(), Set.of(), violations);
        }
        violations.throwIfAny();
        return true;
    }

    /** An error handler sees the query of the request that failed. */
    private static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getName().startsWith("dev.descent.")
                && !ErrorController.class.isAssignableFrom(method.getBeanType());
    }

    private static void checkKnown(Set<String> given, Set<String> known, Violations violations) {
        String accepted = known.isEmpty() ? "no parameters" : String.join(", ", known);
        for (String name : given) {
            boolean isKnown = known.contains(name)
                    || (known.contains(METADATA) && METADATA_FORM.matcher(name).matches());
            if (!isKnown) {
                violations.add(
                        Violation.QUERY + name,
                        "%s is not known here; accepted: %s".formatted(Quote.text(name), accepted));
            }
        }
    }

    private static void checkOneValue(
            String name, String[] values, Map<String, Parameter> accepted, Violations violations) {
        Parameter parameter = accepted.getOrDefault(name, Parameter.TEXT);
        if (Collection.class.isAssignableFrom(parameter.type)) {
            return;
        }
        if (values.length > 1) {
            violations.add(
                    Violation.QUERY + name,
                    "%s is given %d times; accepted: once".formatted(Quote.text(name), values.length));
        } else if (parameter.isEmpty(values[0])) {
            violations.add(Violation.QUERY + name, "%s is empty; accepted: a value".formatted(Quote.text(name)));
        }
    }

    /** What is known for one form of a body or an answer may not be for another, served by another method. */
    private Map<String, Parameter> knownTo(HandlerMethod method) {
        return known.computeIfAbsent(method.getMethod(), key -> {
            Map<String, Parameter> parameters = new TreeMap<>();
            Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                    .forEach(parameter ->
                            parameters.put(name(parameter), new Parameter(parameter.getParameterType(), false)));
            QueryParameters others = method.getMethodAnnotation(QueryParameters.class);
            if (others != null) {
                Arrays.stream(others.value()).forEach(name -> parameters.put(name, new Parameter(String.class, true)));
            }
            return parameters;
        });
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation = Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class));
        if (Map.class.isAssignableFrom(parameter.getParameterType())) {
            return METADATA;
        }
        if (!annotation.name().isEmpty()) {
            return annotation.name();
        }
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return Objects.requireNonNull(parameter.getParameterName());
    }
}
