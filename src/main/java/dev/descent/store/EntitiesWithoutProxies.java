package dev.descent.store;

import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.bytecode.internal.none.BytecodeProviderImpl;
import org.hibernate.bytecode.spi.BytecodeProvider;
import org.hibernate.service.spi.ServiceContributor;

/**
 * No entity refers lazily to another one, so none needs a proxy, and generating their classes takes a tenth of what a
 * start does on its main thread. Hibernate finds this as a service.
 */
public class EntitiesWithoutProxies implements ServiceContributor {

    @Override
    public void contribute(StandardServiceRegistryBuilder services) {
        services.addService(BytecodeProvider.class, new BytecodeProviderImpl());
    }
}
