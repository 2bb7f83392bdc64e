package dev.descent.core.train;

import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Parameter;
import dev.descent.core.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one parameter.
 *
 * @param name such as {@code layer0.weight}
 */
public record NamedWeights(String name, Matrix values) {

    /**
     * Names for the parts of a flat copy of all parameters.
     *
     * @param flat in the order of the parameters
     */
    static List<NamedWeights> of(Parameters parameters, Matrix flat) {
        List<NamedWeights> named = new ArrayList<>();
        int place = 0;
        for (Parameter parameter : parameters.list()) {
            Matrix value = parameter.value();
            named.add(new NamedWeights(parameter.name(), flat.slice(place, value.rows(), value.columns())));
            place += value.size();
        }
        return named;
    }
}
