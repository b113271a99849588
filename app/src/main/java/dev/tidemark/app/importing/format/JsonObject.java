package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * A JSON object of another program. A missing value, or a value of another type than the requested one, reads as an
 * empty value. Immutable.
 */
record JsonObject(Map<?, ?> values) {
    /** Reads a file that consists of one object. */
    static JsonObject read(Source source) throws IOException {
        String text = source.text();
        try {
            return new JsonObject(JSON.std.mapFrom(text));
        } catch (JacksonException e) {
            throw new ProblemException(e, "import.document", source.path());
        }
    }

    private static JsonObject of(@Nullable Object value) {
        return new JsonObject(value instanceof Map<?, ?> map ? map : Map.of());
    }

    JsonObject child(String name) {
        return of(values.get(name));
    }

    /** Returns the objects in an array. */
    List<JsonObject> children(String name) {
        return values.get(name) instanceof Collection<?> list
                ? list.stream().map(JsonObject::of).toList()
                : List.of();
    }

    /** Returns those values of this object that are objects. */
    List<JsonObject> entries() {
        return values.values().stream()
                .filter(Map.class::isInstance)
                .map(JsonObject::of)
                .toList();
    }

    List<String> texts(String name) {
        return values.get(name) instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** Whether the value exists and is not null, false, 0 or empty. */
    boolean has(String name) {
        return switch (values.get(name)) {
            case null -> false;
            case String text -> !text.isBlank();
            case Number number -> number.longValue() != 0;
            case Boolean flag -> flag;
            case Collection<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> false;
        };
    }
}
