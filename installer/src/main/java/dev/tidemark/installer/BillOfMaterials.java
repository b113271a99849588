package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** Edits the bill of materials that Maven writes in the CycloneDX format. */
final class BillOfMaterials {
    private static final String GROUP = "dev.tidemark";

    /** Matches a reference to a module of Tidemark. Such references also occur outside the entry of the module. */
    private static final String MODULE = "(?<module>pkg:maven/" + GROUP.replace(".", "\\.") + "/[^@]+@)[^?]+";

    private BillOfMaterials() {}

    /** Sets the version of Tidemark's modules to the version of the packages, which Maven does not know. */
    static void release(Path bill, Version version) throws IOException {
        Map<String, Object> entries = JSON.std.mapFrom(Files.readString(bill));
        entries.replaceAll((name, value) -> named(value, version));
        Files.writeString(bill, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(entries) + "\n");
    }

    /** Returns a copy of the value with the version set. */
    private static Object named(Object value, Version version) {
        if (value instanceof String text) {
            return text.replaceAll("^" + MODULE, "${module}" + version.number());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> named(element, version)).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((name, entry) -> entries.put(name.toString(), named(entry, version)));
        if (GROUP.equals(map.get("group"))) {
            entries.replace("version", version.number());
        }
        return entries;
    }
}
