package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every part of the engine in a small job: it learns, and its resolved specification reproduces the same weights. */
@DescentTest
class EngineJourneyTest {

    private static final int BOOKINGS = 300;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'network':{'layers':[{'type':'dense','units':8,'bias':false,'initializer':'he_normal'},{'type':'relu'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8,'initializer':'glorot_normal'},{'type':'leaky_relu'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8,'initializer':'he_uniform'},{'type':'elu','alpha':0.5}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'gelu'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'sigmoid'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'tanh'},{'type':'dense','units':8},{'type':'softplus'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'swish'}]}}",
                "{'network':{'layers':[{'type':'dense','units':16},{'type':'relu'},{'type':'dropout','rate':0.2}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'batch_normalization'},{'type':'relu'}]}}",
                "{'network':{'layers':[{'type':'dense','units':8},{'type':'layer_normalization'},{'type':'relu'}]}}",
                "{'network':{'layers':[{'type':'embedding','units':3},{'type':'dense','units':8},{'type':'relu'}]}}",
                "{'network':{'nodes':[{'name':'city','type':'embedding','column':'city','units':2,'inputs':['input']},"
                        + "{'name':'rest','type':'columns','columns':['price','nights','channel'],'inputs':['input']},"
                        + "{'name':'both','type':'concatenate','inputs':['city','rest']},"
                        + "{'name':'a','type':'dense','units':8,'inputs':['both']},{'name':'b','type':'dense','units':8,'inputs':['both']},"
                        + "{'name':'gate','type':'sigmoid','inputs':['b']},{'name':'gated','type':'multiply','inputs':['a','gate']},"
                        + "{'name':'sum','type':'add','inputs':['a','gated']}],'output':'sum'}}",
                "{'loss':{'type':'softmax_cross_entropy','label_smoothing':0.1}}",
                "{'loss':{'type':'binary_cross_entropy'}}",
                "{'target':'price','loss':{'type':'mean_absolute_error'}}",
                "{'target':'price','loss':{'type':'huber','delta':0.5}}",
                "{'target':['nights','adults'],'loss':{'type':'mean_squared_error'}}",
                "{'optimizer':{'type':'sgd','learning_rate':0.05}}",
                "{'optimizer':{'type':'sgd','learning_rate':0.05,'momentum':0.9,'nesterov':true}}",
                "{'optimizer':{'type':'rmsprop'}}",
                "{'optimizer':{'type':'adagrad','learning_rate':0.05}}",
                "{'optimizer':{'type':'adamw','weight_decay':0.1}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'step','step_size':2}}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'exponential'}}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'cosine','minimum':0.0001}}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'warmup','epochs':2,'then':{'type':'cosine'}}}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'one_cycle'}}}",
                "{'hyperparameters':{'learning_rate_schedule':{'type':'reduce_on_plateau','patience':0}}}",
                "{'hyperparameters':{'sampling':'with_replacement'}}",
                "{'hyperparameters':{'epochs':null,'steps':50}}",
                "{'hyperparameters':{'batch_size':'all'}}",
                "{'hyperparameters':{'batch_size':100000}}",
                "{'hyperparameters':{'class_weights':'balanced'}}",
                "{'hyperparameters':{'class_weights':{'true':3}}}",
                "{'weight_column':'nights'}",
                "{'hyperparameters':{'l1':0.0001,'l2':0.001,'regularized':'all'}}",
                "{'hyperparameters':{'gradient_clip_norm':0.5,'gradient_clip_value':0.1}}",
                "{'preprocessing':{'numeric':'standardize'},'split':{'train':6,'validation':2,'test':2}}",
                "{'split':{'train':1,'validation':0,'test':0}}",
                "{'target':null,'features':['price','distance_km','nights','channel']}"
            })
    void itLearnsAndTheSameSpecificationGivesTheSameWeights(String extra) throws IOException {
        String dataset = bookings();
        ObjectNode request = json("{'target':'cancelled','model':'engine','hyperparameters':{'epochs':12,'seed':4}}");
        request.put("dataset", dataset);
        merge(request, json(extra));

        JsonNode job = client.train(request);

        assertThat(job.path("status").asString())
                .as(job.path("error").toString())
                .isEqualTo("succeeded");
        JsonNode history = client.history(job.path("id").asString());
        assertThat(history.get(history.size() - 1).path("train_loss").asDouble())
                .isLessThan(history.get(0).path("train_loss").asDouble());
        JsonNode again = client.train(job.path("specification"));
        assertThat(again.path("specification")).isEqualTo(job.path("specification"));
        assertThat(again.path("weights_sha256")).isEqualTo(job.path("weights_sha256"));
        JsonNode other = client.train(withSeed(job.path("specification"), 5));
        assertThat(other.path("weights_sha256")).isNotEqualTo(job.path("weights_sha256"));
        predictOwnRows(dataset, job);
    }

    private static JsonNode withSeed(JsonNode specification, int seed) {
        ObjectNode copy = (ObjectNode) specification.deepCopy();
        ((ObjectNode) copy.path("hyperparameters")).put("seed", seed);
        return copy;
    }

    private void predictOwnRows(String dataset, JsonNode job) {
        List<String> features = job.at("/specification/features")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        ObjectNode body = json("{}");
        client.get("/v1/datasets/%s/rows?limit=3".formatted(dataset))
                .expect(200)
                .json()
                .path("data")
                .forEach(row -> body.withArray("rows").add(((ObjectNode) row).retain(features)));
        JsonNode predictions = client.post(
                        "/v1/models/engine/predict?version="
                                + job.at("/model/version").asInt(),
                        body)
                .expect(200)
                .json()
                .path("predictions");
        assertThat(predictions.size()).isEqualTo(3);
    }

    private String bookings() throws IOException {
        String csv = Files.readString(Path.of("src/test/resources/data/bookings.csv"));
        // Some cells contain line breaks, so there are slightly fewer rows than lines.
        int end = -1;
        for (int line = 0; line <= BOOKINGS; line++) {
            end = csv.indexOf("\nB", end + 1);
        }
        return client.uploadText("bookings", csv.substring(0, end + 1));
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode object
                    && target.path(field.getKey()) instanceof ObjectNode known) {
                merge(known, object);
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    @Test
    void anAutoencoderAnswersWithErrorEmbeddingAndAnomaly() {
        SplittableRandom random = new SplittableRandom(3);
        String rows = random.doubles(200, -1, 1)
                .mapToObj(x -> String.format(Locale.ROOT, "%.3f,%.3f,%.3f", x, 2 * x, -x))
                .collect(Collectors.joining("\n"));
        String dataset = client.uploadText("line", "a,b,c\n" + rows + "\n");
        JsonNode job = client.train(json(
                "{'dataset':'%s','model':'line','network':{'layers':[{'type':'dense','units':1}]},"
                        + "'hyperparameters':{'epochs':60},'optimizer':{'type':'adam','learning_rate':0.01}}",
                dataset));

        JsonNode version = client.get("/v1/models/line/versions/1").expect(200).json();
        JsonNode predictions = client.post(
                        "/v1/models/line/predict", json("{'rows':[{'a':0.5,'b':1,'c':-0.5},{'a':0.5,'b':-1,'c':0.9}]}"))
                .expect(200)
                .json()
                .path("predictions");

        assertThat(job.at("/specification/task").asString()).isEqualTo("autoencoder");
        assertThat(version.at("/outputs/0/threshold").asDouble()).isPositive();
        assertThat(version.at("/evaluation/test/type").asString()).isEqualTo("reconstruction");
        assertThat(predictions.at("/0/anomaly").asBoolean()).isFalse();
        assertThat(predictions.at("/1/anomaly").asBoolean()).isTrue();
        assertThat(predictions.at("/1/reconstruction_error").asDouble())
                .isGreaterThan(100 * predictions.at("/0/reconstruction_error").asDouble());
        assertThat(predictions.at("/0/embedding").size()).isOne();
    }

    @Test
    void earlyStoppingAndTheTimeLimitEndAJobThatSucceeds() throws IOException {
        String dataset = bookings();
        JsonNode stopped = client.train(json(
                "{'dataset':'%s','target':'cancelled','optimizer':{'type':'adam','learning_rate':0.05},"
                        + "'hyperparameters':{'epochs':5000,'early_stopping':{'patience':3}}}",
                dataset));
        JsonNode limited = client.train(json(
                "{'dataset':'%s','target':'cancelled','max_runtime_seconds':0.2,'hyperparameters':{'epochs':100000}}",
                dataset));

        assertThat(stopped.path("stop_reason").asString()).isEqualTo("early_stopping");
        assertThat(stopped.at("/progress/epoch").asInt())
                .isEqualTo(stopped.at("/best/epoch").asInt() + 3);
        assertThat(limited.path("stop_reason").asString()).isEqualTo("max_runtime");
        assertThat(limited.path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void divergenceFailsTheJobWithEpochStepAndAdvice() throws IOException {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'price','optimizer':{'type':'sgd','learning_rate':90},'hyperparameters':{'epochs':50}}",
                bookings()));

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("stop_reason").asString()).isEqualTo("diverged");
        assertThat(job.at("/error/code").asString()).isEqualTo("diverged");
        assertThat(job.at("/error/message").asString()).contains("epoch", "step", "smaller learning rate than 90.0");
        assertThat(job.path("model").isNull()).isTrue();
    }
}
