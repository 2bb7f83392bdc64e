package dev.descent;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.Conventions;
import org.springframework.stereotype.Component;

/**
 * Keeps Spring from subclassing configuration classes, those of libraries included, as if each had
 * {@code proxyBeanMethods = false}. The subclasses serve bean methods that call one another, and none does. The build
 * would write them into the jar with their methods in an order that differs from one JVM to the next, so that no two
 * builds would give the same bytes.
 */
@Component
class PlainConfigurations implements BeanDefinitionRegistryPostProcessor {

    private static final String KIND =
            Conventions.getQualifiedAttributeName(ConfigurationClassPostProcessor.class, "configurationClass");

    /** Between Spring's search for configuration classes and its subclassing of those that are "full". */
    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition bean = beans.getBeanDefinition(name);
            if ("full".equals(bean.getAttribute(KIND))) {
                bean.setAttribute(KIND, "lite");
            }
        }
    }
}
