package dev.descent.model;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Precision;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.PreparedData;
import dev.descent.core.train.TrainedModel;
import dev.descent.job.ModelRegistry;
import dev.descent.job.Safetensors;
import dev.descent.job.TrainedResult;
import dev.descent.listing.Listing;
import dev.descent.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps versions of trained weights under names. */
@Service
class Models implements ModelRegistry {

    private final ModelRepository models;
    private final ModelVersionRepository versions;
    private final StoredForms forms;

    Models(ModelRepository models, ModelVersionRepository versions, StoredForms forms) {
        this.models = models;
        this.versions = versions;
        this.forms = forms;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int publish(TrainedResult result) {
        String name = result.specification().model();
        Model model = models.findAndLock(name).orElseGet(() -> models.save(new Model(name, result.finishedAt())));
        int version = model.nextVersion();
        NetworkSpec network = result.network();
        String description =
                forms.write(new ModelDescription(result.preprocessor().encoders(), network, result.target()));
        String evaluation = forms.write(new EvaluationSummary(result.validation(), result.test()));
        String targets = forms.write(result.specification().targets());
        versions.save(new ModelVersion(version, result, targets, description, evaluation));
        return version;
    }

    @Transactional(readOnly = true)
    public Listing<ModelView> list(int limit, String after) {
        List<Model> found = models.findByNameGreaterThanOrderByName(after, Limit.of(limit + 1));
        return new Listing<>(
                "list", found.stream().limit(limit).map(ModelView::of).toList(), found.size() > limit);
    }

    @Transactional(readOnly = true)
    public ModelView get(String name) {
        return ModelView.of(find(name));
    }

    /** @param number null for the newest */
    @Transactional(readOnly = true)
    public ModelVersionView version(String name, @Nullable Integer number) {
        ModelVersion version = find(name, number);
        ModelDescription description = forms.read(version.description(), ModelDescription.class);
        List<String> targets = forms.texts(version.targets());
        return new ModelVersionView(
                "model.version",
                version.modelName(),
                version.version(),
                version.createdAt(),
                version.jobId(),
                version.datasetId(),
                targets,
                version.task(),
                version.parameterCount(),
                description.encoders().stream().map(ModelVersionView.Input::of).toList(),
                ModelVersionView.Output.of(targets, description.target()),
                forms.tree(version.evaluation()),
                version.weightsSha256());
    }

    /** A version ready to predict; its weights are read from the store. */
    @Transactional(readOnly = true)
    public LoadedModel load(String name, @Nullable Integer number) {
        ModelVersion version = find(name, number);
        ModelDescription description = forms.read(version.description(), ModelDescription.class);
        Preprocessor preprocessor = new Preprocessor(description.encoders());
        Wiring wiring = description.network().wire(PreparedData.columnsOf(preprocessor));
        Matrix weights =
                Matrix.zeros(Precision.FLOAT32, 1, Math.toIntExact(wiring.parameterCount() + wiring.stateCount()));
        try (Safetensors.Content content = Safetensors.read(version.weights())) {
            TrainedModel model = new TrainedModel(wiring, weights, preprocessor, description.target());
            model.takeWeights(content.matrices());
            return new LoadedModel(version.modelName(), version.version(), model);
        }
    }

    private Model find(String name) {
        return models.findById(name).orElseThrow(() -> ProblemException.notFound("model", name));
    }

    private ModelVersion find(String name, @Nullable Integer number) {
        int version = number == null ? find(name).newestVersion() : number;
        return versions.findById(new ModelVersionId(name, version))
                .orElseThrow(() -> ProblemException.notFound("version %d of model".formatted(version), name));
    }
}
