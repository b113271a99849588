package dev.tidemark.app.updates;

import dev.tidemark.app.settings.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time and result of the last update check. A file stores them, so that a restart does not repeat the check.
 * Immutable.
 *
 * @param announcement the last announcement from this address; {@code null} if there is none yet
 */
record LastCheck(
        URI address,
        Instant checkedAt,
        boolean failed,
        @Nullable ReleaseInfo announcement) {
    private static final Logger LOG = LoggerFactory.getLogger(LastCheck.class);

    /** Reads the file. Returns empty if the file is missing or invalid, so that a check is due. */
    static Optional<LastCheck> read(Path file) {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
            return Optional.of(new LastCheck(
                    URI.create(stored.getProperty("address", "")),
                    Instant.parse(stored.getProperty("asked", "")),
                    Boolean.parseBoolean(stored.getProperty("failed")),
                    ReleaseInfo.of(stored.getProperty("version"), stored.getProperty("page"))
                            .orElse(null)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("The last update check cannot be read from {}; the app checks again", file, e);
            return Optional.empty();
        }
    }

    /** Replaces the file atomically. Logs a failure but does not throw an exception. */
    void write(Path file) {
        Properties stored = new Properties();
        stored.setProperty("address", address.toString());
        stored.setProperty("asked", checkedAt.toString());
        stored.setProperty("failed", Boolean.toString(failed));
        if (announcement != null) {
            stored.setProperty("version", announcement.version());
            stored.setProperty("page", announcement.page().toString());
        }
        try {
            PrivateFile.createFolders(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()));
            PrivateFile.write(file, stored);
        } catch (IOException e) {
            LOG.warn("The last update check cannot be saved to {}", file, e);
        }
    }
}
