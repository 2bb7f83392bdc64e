package dev.descent.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.principal.Requires;
import dev.descent.testing.DescentTest;
import dev.descent.testing.Endpoints;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@DescentTest
class WriteAuditTest {

    /** Whoever adds to them makes sure that such a request changes nothing that anyone can see later. */
    @Test
    void onlyTheseRequestsAreNotWrittenDownAlthoughTheySendSomething(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        Set<String> unwritten = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            Requires requires = method.getMethodAnnotation(Requires.class);
            if (requires != null && !requires.changes()) {
                for (RequestMethod verb : mapping.getMethodsCondition().getMethods()) {
                    mapping.getPatternValues().forEach(path -> unwritten.add(verb + " " + Endpoints.address(path)));
                }
            }
        });

        assertThat(unwritten)
                .containsExactly(
                        "POST /v1/graphs:evaluate",
                        "POST /v1/models/{name}/predict",
                        "POST /v1/models/{name}:explain-row",
                        "POST /v1/training-jobs:validate");
    }
}
