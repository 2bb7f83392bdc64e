package dev.descent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Descent: training-as-a-service for neural networks. */
@SpringBootApplication
public class DescentApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DescentApplication.class, arguments);
    }
}
