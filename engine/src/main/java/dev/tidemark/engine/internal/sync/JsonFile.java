package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Reads and validates the fields of a small JSON file of the storage. Each getter fails if its field is malformed. */
final class JsonFile {
    /** The maximal size of a JSON file in bytes, much more than any file needs. */
    static final int MAX_BYTES = 1 << 20;

    private final String name;
    private final Map<?, ?> fields;

    private JsonFile(String name, Map<?, ?> fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * @throws DamagedFileException if the content is too long or is not a JSON object
     */
    static JsonFile read(String name, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new DamagedFileException(name, Problem.FILE_TOO_LARGE);
        }
        try {
            // The parser returns null for the JSON text null.
            Map<?, ?> fields = JSON.std.mapFrom(content);
            if (fields == null) {
                throw new DamagedFileException(name, Problem.FILE_MALFORMED);
            }
            return new JsonFile(name, fields);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DamagedFileException(name, Problem.FILE_MALFORMED, e);
        }
    }

    static String write(Map<String, Object> fields) {
        return JSON.std.asString(fields);
    }

    /**
     * Returns this file if its format version is known.
     *
     * @throws NewerFormatException if a newer version of the program wrote the file
     */
    JsonFile ofKnownFormat() {
        if (fields.get("format") instanceof Number format && format.longValue() > LibraryFile.FORMAT) {
            throw new NewerFormatException(name, format.intValue());
        }
        return this;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String text(String field) {
        if (fields.get(field) instanceof String text) {
            return text;
        }
        throw missing(field);
    }

    long number(String field) {
        return toNumber(fields.get(field), field);
    }

    UUID library(String field) {
        return parse(text(field), field);
    }

    List<UUID> libraries(String field) {
        if (!(fields.get(field) instanceof List<?> list)) {
            throw missing(field);
        }
        List<UUID> libraries = new ArrayList<>();
        for (Object entry : list) {
            libraries.add(parse(String.valueOf(entry), field));
        }
        return libraries;
    }

    /** Returns the strings of a list; an empty list if the field is missing. */
    List<String> texts(String field) {
        return switch (fields.get(field)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> throw missing(field);
        };
    }

    List<Long> numberList(String field) {
        if (!(fields.get(field) instanceof List<?> list)) {
            throw missing(field);
        }
        List<Long> numbers = new ArrayList<>();
        for (Object entry : list) {
            numbers.add(toNumber(entry, field));
        }
        return numbers;
    }

    private UUID parse(String text, String field) {
        return RemoteNames.parseLibrary(text).orElseThrow(() -> missing(field));
    }

    /** Returns a version vector of at most {@link FormatLimits#REPLICAS} replicas. */
    VersionVector vector(String field) {
        if (!(fields.get(field) instanceof Map<?, ?> map) || map.size() > FormatLimits.REPLICAS) {
            throw missing(field);
        }
        Map<ReplicaId, Long> heads = new HashMap<>();
        map.forEach((replica, head) -> heads.put(ReplicaId.parse(String.valueOf(replica)), toNumber(head, field)));
        return VersionVector.of(heads);
    }

    /** Returns the chain hashes of at most {@link FormatLimits#REPLICAS} replicas. */
    Map<ReplicaId, ChainHash> chains(String field) {
        if (!(fields.get(field) instanceof Map<?, ?> map) || map.size() > FormatLimits.REPLICAS) {
            throw missing(field);
        }
        Map<ReplicaId, ChainHash> chains = new HashMap<>();
        map.forEach((replica, hash) ->
                chains.put(ReplicaId.parse(String.valueOf(replica)), ChainHash.parse(String.valueOf(hash))));
        return chains;
    }

    /** Returns the hashes in the form that {@link #chains} reads. */
    static Map<String, String> ofChains(Map<ReplicaId, ChainHash> chains) {
        Map<String, String> written = new TreeMap<>();
        chains.forEach((replica, hash) -> written.put(replica.toString(), hash.toString()));
        return written;
    }

    private long toNumber(@Nullable Object value, String field) {
        return switch (value) {
            case Integer number -> number;
            case Long number -> number;
            case null, default -> throw missing(field);
        };
    }

    DamagedFileException missing(String field) {
        return new DamagedFileException(name, Problem.FILE_MALFORMED);
    }
}
