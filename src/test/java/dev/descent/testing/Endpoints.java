package dev.descent.testing;

/** Addresses as the contract has them. */
public final class Endpoints {

    private Endpoints() {}

    /** Without what a variable may look like: {@code /v1/models/{name:[^:]+}} → {@code /v1/models/{name}}. */
    public static String address(String mapping) {
        return mapping.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }
}
