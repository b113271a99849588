package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.storage.LargeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Records in a file which parts of an upload a bucket has confirmed. The file has two lines about the upload, then one
 * line for each part in order, with its tag and checksum. An incomplete last line is dropped. It may remain when the
 * program is killed. Not thread-safe.
 */
final class MultipartUploadState {
    private static final String NONE = "-";

    private final Path file;
    private final String subject;
    private @Nullable String upload;
    private final List<CompletedPart> parts = new ArrayList<>();

    private MultipartUploadState(Path file, String subject) {
        this.file = file;
        this.subject = subject;
    }

    /**
     * Reads the state of the upload of an object.
     *
     * @param size the length of the content in bytes. A state for another length is ignored.
     */
    static MultipartUploadState read(Path folder, String key, long size) {
        MultipartUploadState notes =
                new MultipartUploadState(folder.resolve("upload"), key + " " + size + " " + S3Uploads.PART);
        try {
            String text = Files.readString(notes.file);
            // Text after the last line feed is an incomplete line. It is dropped so that no further line is appended to
            // it.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (!whole.equals(text)) {
                Files.writeString(notes.file, whole);
            }
            notes.parse(whole);
        } catch (NoSuchFileException e) {
            notes.upload = null;
        } catch (IOException e) {
            throw LargeFiles.notRead(notes.file, e);
        }
        return notes;
    }

    private void parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 3 || !lines[0].equals(subject)) {
            return;
        }
        upload = lines[1];
        for (int line = 2; line < lines.length - 1; line++) {
            String[] fields = lines[line].split("\t", -1);
            if (fields.length != 2) {
                return;
            }
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(fields[0])
                    .checksumCRC32(fields[1].equals(NONE) ? null : fields[1])
                    .build());
        }
    }

    /** Returns the id of the upload in progress; {@code null} if there is none. */
    @Nullable
    String upload() {
        return upload;
    }

    /** Returns the confirmed parts. These are the first parts of the object, without a gap. */
    List<CompletedPart> parts() {
        return List.copyOf(parts);
    }

    void begin(String id) {
        delete();
        write(subject + "\n" + id + "\n");
        upload = id;
    }

    void add(CompletedPart part) {
        String checksum = part.checksumCRC32() == null ? NONE : part.checksumCRC32();
        write(part.eTag() + "\t" + checksum + "\n");
        parts.add(part);
    }

    void delete() {
        upload = null;
        parts.clear();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw LargeFiles.notWritten(file, e);
        }
    }

    private void write(String lines) {
        try {
            OwnerOnlyFiles.createIfMissing(file);
            Files.write(
                    file, lines.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw LargeFiles.notWritten(file, e);
        }
    }
}
