package dev.descent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Descent: training-as-a-service for neural networks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DescentApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DescentApplication.class, arguments);
    }
}
