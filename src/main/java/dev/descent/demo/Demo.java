package dev.descent.demo;

import dev.descent.access.key.ServiceAddress;
import dev.descent.access.key.ServiceToken;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Once the service is ready, trains on handwritten digits as any client would, and leaves the model serving. */
@Component
class Demo {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);
    private static final String NAME = "digits";
    private static final String TARGET = "label";
    private static final int SIDE = 8;
    private static final long SHOWN_ROW = 1_700;
    private static final int TERMINAL_WIDTH = 120;

    private final DemoProperties properties;
    private final ApplicationContext context;
    private final Environment environment;
    private final ServiceAddress address;
    private final ServiceToken token;
    private final Terminal terminal = new Terminal();

    Demo(
            DemoProperties properties,
            ApplicationContext context,
            Environment environment,
            ServiceAddress address,
            ServiceToken token) {
        this.token = token;
        this.properties = properties;
        this.context = context;
        this.environment = environment;
        this.address = address;
    }

    /** The profile is checked at run time, because the build decides which beans the packaged service has. */
    @EventListener(ApplicationReadyEvent.class)
    void runInItsProfile() {
        if (environment.matchesProfiles("demo")) {
            run();
        }
    }

    private void run() {
        boolean shown = present();
        if (properties.exit()) {
            System.exit(SpringApplication.exit(context, () -> shown ? 0 : 1));
        }
    }

    /** Returns whether everything succeeded. */
    private boolean present() {
        try {
            show(new DescentApi(address.url(), token));
            terminal.print("", "Serving on %s until Ctrl-C; its API: %s/docs".formatted(address.url(), address.url()));
            return true;
        } catch (RestClientException failure) {
            log.error("The demo ended early", failure);
            return false;
        }
    }

    private void show(DescentApi api) {
        JsonNode dataset = api.dataset(NAME, new ClassPathResource("samples/digits.csv"));
        terminal.print(
                "",
                "Descent demo: %d handwritten digits of %d × %d pixels; which digit is it?"
                        .formatted(dataset.path("rows").asInt(), SIDE, SIDE),
                "");
        JsonNode job = follow(api, api.train(request(dataset)));
        if (!job.path("status").asString().equals("succeeded")) {
            terminal.print(
                    "The job ended as %s: %s".formatted(job.path("status").asString(), job.path("error")));
            return;
        }
        int version = job.path("model").path("version").asInt();
        JsonNode test = api.modelVersion(NAME, version).path("evaluation").path("test");
        terminal.print(
                "",
                String.format(
                        Locale.ROOT,
                        "Test accuracy: %.1f%% of %d digits that training never saw",
                        100 * test.path("accuracy").asDouble(),
                        test.path("rows").asInt()),
                "",
                "Confusion matrix (true digits down, predicted across):");
        terminal.print(Drawing.confusionMatrix(test.path("confusion_matrix")));
        predict(api, dataset, version);
    }

    private Map<String, Object> request(JsonNode dataset) {
        return Map.of(
                "name",
                NAME,
                "dataset",
                dataset.path("id").asString(),
                "target",
                TARGET,
                "task",
                "classification",
                "hyperparameters",
                Map.of("epochs", properties.epochs(), "seed", 7),
                "model",
                NAME);
    }

    private JsonNode follow(DescentApi api, JsonNode submitted) {
        JsonNode job = submitted;
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Training")
                .setUnit(" epochs", 1)
                .setInitialMax(properties.epochs())
                .setStyle(terminal.progressBar())
                .setConsumer(new ConsoleProgressBarConsumer(System.out, TERMINAL_WIDTH))
                .setUpdateIntervalMillis((int) properties.pollInterval().toMillis())
                .build()) {
            while (!job.path("terminal").asBoolean()) {
                LockSupport.parkNanos(
                        TimeUnit.MILLISECONDS.toNanos(properties.pollInterval().toMillis()));
                job = api.job(job.path("id").asString());
                bar.stepTo(job.path("progress").path("epoch").asLong());
                bar.setExtraMessage(losses(job.path("latest")));
            }
        }
        return job;
    }

    private static String losses(JsonNode latest) {
        return latest.isObject()
                ? String.format(
                        Locale.ROOT,
                        "train loss %.4f, validation loss %.4f",
                        latest.path("train_loss").asDouble(),
                        latest.path("validation_loss").asDouble())
                : "";
    }

    private void predict(DescentApi api, JsonNode dataset, int version) {
        ObjectNode row = (ObjectNode) api.row(dataset.path("id").asString(), SHOWN_ROW);
        String truth = row.remove(TARGET).asString();
        JsonNode prediction = api.predict(NAME, version, row);
        terminal.print("", "Row %d of the dataset:".formatted(SHOWN_ROW), "");
        terminal.print(Drawing.picture(row, SIDE, SIDE));
        terminal.print(
                "",
                "It is a %s; the model says %s:"
                        .formatted(truth, prediction.path("label").asString()));
        terminal.print(Drawing.probabilities(prediction.path("probabilities")));
    }
}
