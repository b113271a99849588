package dev.tidemark.app.backup;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of the database, and a file that lists the attachments of the copy. Immutable.
 *
 * @param file the copy of the database; its name contains the time
 * @param bytes the size of the copy in bytes, without attachments
 */
public record Backup(Path file, Instant at, long bytes) {
    static final String ENDING = ".db";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("tidemark-(.+)\\.db");

    /** Returns a time in the form that names of backups contain. */
    static String stamp(Instant at) {
        return TIME.format(at);
    }

    /** Returns the name of a backup that is made at this time. */
    static String name(Instant at) {
        return "tidemark-" + stamp(at) + ENDING;
    }

    /** The time in the name of a file; empty if the file is not a backup. */
    static Optional<Instant> time(String name) {
        Matcher parts = NAME.matcher(name);
        try {
            return parts.matches() ? Optional.of(Instant.from(TIME.parse(parts.group(1)))) : Optional.empty();
        } catch (DateTimeException e) {
            // The user may keep other files in the folder.
            return Optional.empty();
        }
    }

    /** Returns the name that commands use. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Returns the file with the names of the backup's attachments, one per line. */
    Path attachments() {
        return siblingFile(".attachments");
    }

    /** The file with the SHA-256 of the copy and of the list of its attachments, one per line. */
    Path checksum() {
        return siblingFile(".sha256");
    }

    private Path siblingFile(String ending) {
        String name = name();
        return file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ending);
    }
}
