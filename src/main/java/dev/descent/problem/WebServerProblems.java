package dev.descent.problem;

import org.apache.catalina.Pipeline;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Installs {@link ProblemValve} in place of the web server's own error report, and lifts a limit that it reports as a
 * failure of its own.
 */
@Component
class WebServerProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final JsonMapper json;

    WebServerProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory server) {
        server.addContextCustomizers(context -> {
            Pipeline host = context.getParent().getPipeline();
            host.addValve(new ProblemValve(json));
            host.addValve(new UnreadableValve());
        });
        // Of Accept-Language, which nobody reads here: more than 10 languages would be an exception in a filter. The
        // size of the headers is limited anyway.
        server.addConnectorCustomizers(connector -> connector.setMaxLocaleCount(Integer.MAX_VALUE));
    }
}
