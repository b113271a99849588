package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes a storage the remote of a library. Written once by whoever founds it, and never changed.
 *
 * @param format the format version that its writers use
 * @param name its name: library and epoch
 * @param encryption how its files are encrypted: {@code none} or {@code age}
 */
record LibraryFile(long format, LibraryName name, String encryption) {
    static final long FORMAT = 1;

    static final String NOT_ENCRYPTED = "none";

    static final String ENCRYPTED = "age";

    static byte[] write(LibraryName name, String encryption, ReplicaId founder) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("library", RemoteNames.hex(name.library()));
        fields.put("epoch", name.epoch());
        fields.put("encryption", encryption);
        fields.put("founder", founder.toString());
        return (JsonFile.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** How long such a file is, whoever founds the library. */
    static long sizeOf(LibraryName name, String encryption) {
        return write(name, encryption, new ReplicaId(0)).length;
    }

    /** @throws DamagedFileException if it is not what its name says */
    static LibraryFile read(LibraryName name, byte[] content) {
        JsonFile json = JsonFile.read(name.toString(), content);
        LibraryFile file = new LibraryFile(json.number("format"), name, json.text("encryption"));
        if (!json.library("library").equals(name.library()) || json.number("epoch") != name.epoch()) {
            throw new DamagedFileException(name.toString(), Problem.FILE_RENAMED);
        }
        return file;
    }
}
