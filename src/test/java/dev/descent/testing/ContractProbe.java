package dev.descent.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Access to the contract itself, for the tests of the checks against it. */
public final class ContractProbe {

    private ContractProbe() {}

    /** Every method and path, as {@code GET /v1/datasets/{id}}. */
    public static Set<String> operations() {
        return Contract.load().operations();
    }

    public static List<String> faultsOfAnswer(String method, String path, int status, String contentType, String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", contentType);
        return Contract.load().faultsOfAnswer(method, path, status, headers, body);
    }
}
