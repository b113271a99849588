package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that identifies the library of a storage. The device that creates the library writes the file, which never
 * changes.
 *
 * @param format the format version that its writers use
 * @param name the name of the file, which contains the library and the epoch
 * @param encryption the encryption of the library's files: {@code none} or {@code age}
 */
record LibraryFile(long format, LibraryName name, String encryption) {
    static final long FORMAT = 1;

    static final String NOT_ENCRYPTED = "none";

    static final String ENCRYPTED = "age";

    private static final String CHECKSUM = ",\"checksum\":\"";
    private static final String END = "\"}\n";
    private static final int CHECKSUM_BYTES = CHECKSUM.length() + 32 + END.length();

    static byte[] write(LibraryName name, String encryption, ReplicaId creator) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("library", RemoteNames.hex(name.library()));
        fields.put("epoch", name.epoch());
        fields.put("encryption", encryption);
        fields.put("founder", creator.toString());
        return withChecksum(JsonFile.write(fields));
    }

    /**
     * Returns the text of a JSON object with a further field at the end: the checksum of all text before that field.
     */
    static byte[] withChecksum(String object) {
        String start = object.substring(0, object.length() - 1);
        String checksum = ContentHash.of(start.getBytes(StandardCharsets.UTF_8));
        return (start + CHECKSUM + checksum + END).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the length of a library file in bytes, which does not depend on the device that creates it. */
    static long sizeOf(LibraryName name, String encryption) {
        return write(name, encryption, new ReplicaId(0)).length;
    }

    /** @throws DamagedFileException if the file does not match its name or its checksum */
    static LibraryFile read(LibraryName name, byte[] content) {
        JsonFile json = JsonFile.read(name.toString(), content);
        int start = content.length - CHECKSUM_BYTES;
        String end = start < 0 ? "" : new String(content, start, CHECKSUM_BYTES, StandardCharsets.ISO_8859_1);
        if (!end.equals(CHECKSUM + ContentHash.of(content, Math.max(0, start)) + END)) {
            throw new DamagedFileException(name.toString(), Problem.FILE_CHECKSUM);
        }
        LibraryFile file = new LibraryFile(json.number("format"), name, json.text("encryption"));
        if (!json.library("library").equals(name.library()) || json.number("epoch") != name.epoch()) {
            throw new DamagedFileException(name.toString(), Problem.FILE_RENAMED);
        }
        return file;
    }
}
