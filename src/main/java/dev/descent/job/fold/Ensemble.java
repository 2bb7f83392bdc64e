package dev.descent.job.fold;

import dev.descent.core.math.Matrix;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.format.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The weights of several models in one file: the number of each, from 0, in front of its names. */
public final class Ensemble {

    private Ensemble() {}

    /** Such as {@code 2/layer0.weight}. */
    public static String name(int member, String name) {
        return member + "/" + name;
    }

    /** In the safetensors format. */
    public static byte[] weights(List<FoldModel> members) {
        List<NamedWeights> all = new ArrayList<>();
        try {
            for (int i = 0; i < members.size(); i++) {
                int member = i;
                Safetensors.read(members.get(i).weights())
                        .matrices()
                        .forEach((name, values) -> all.add(new NamedWeights(name(member, name), values)));
            }
            return Safetensors.write(all, Map.of());
        } finally {
            all.stream().map(NamedWeights::values).forEach(Matrix::close);
        }
    }
}
