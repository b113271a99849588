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
 * A backup: a copy of the database, and beside it the list of the attachments that it had. Immutable.
 *
 * @param file the copy; its name has the time
 * @param bytes its size, without attachments
 */
public record Backup(Path file, Instant at, long bytes) {
    static final String ENDING = ".db";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("tidemark-(.+)\\.db");

    /** The time as in the names of backups. */
    static String stamp(Instant at) {
        return TIME.format(at);
    }

    /** The name of a backup that is made at this time. */
    static String name(Instant at) {
        return "tidemark-" + stamp(at) + ENDING;
    }

    /** The time in the name of a file; empty if it is no backup. */
    static Optional<Instant> time(String name) {
        Matcher parts = NAME.matcher(name);
        try {
            return parts.matches() ? Optional.of(Instant.from(TIME.parse(parts.group(1)))) : Optional.empty();
        } catch (DateTimeException e) {
            // The user may keep other files here.
            return Optional.empty();
        }
    }

    /** The name by which commands know it. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** The file with the names of its attachments, a line each. */
    Path attachments() {
        return beside(".attachments");
    }

    /** The file with the SHA-256 of the copy; backups of earlier versions have none. */
    Path checksum() {
        return beside(".sha256");
    }

    private Path beside(String ending) {
        String name = name();
        return file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ending);
    }
}
