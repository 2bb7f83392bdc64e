package dev.descent.job;

import dev.descent.testing.DescentTest;

@DescentTest
class H2StoreTest extends StoreTest {}
