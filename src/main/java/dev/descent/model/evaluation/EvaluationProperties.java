package dev.descent.model.evaluation;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param limit of the time that one evaluation may take */
@Validated
@ConfigurationProperties("descent.evaluation")
record EvaluationProperties(
        @DefaultValue("60s") @DurationMin(millis = 1) Duration limit) {}
