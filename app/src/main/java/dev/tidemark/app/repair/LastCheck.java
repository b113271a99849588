package dev.tidemark.app.repair;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.app.settings.ProfileFolders;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the time and the result of the last check of the library, in a file of the data folder. Thread-safe. */
public record LastCheck(ProfileFolders folders) {
    private static final Logger LOG = LoggerFactory.getLogger(LastCheck.class);

    /** What a check found. */
    public enum Result {
        SOUND,
        /** A repair helps. */
        REPAIRABLE,
        /** Only a rebuild or a backup helps. */
        DAMAGED
    }

    /** A check that ran to its end. */
    public record Entry(Instant at, Result result) {}

    private Path file() {
        return folders.data().resolve("last-check.properties");
    }

    /** Returns the last check. Empty if there was none, or if the file is damaged. */
    public Optional<Entry> read() {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file())) {
            stored.load(reader);
            return Optional.of(new Entry(
                    Instant.parse(stored.getProperty("at", "")),
                    Result.valueOf(stored.getProperty("result", "").toUpperCase(Locale.ROOT))));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read: the next check is due", file(), e);
            return Optional.empty();
        }
    }

    /**
     * Records a check.
     *
     * @throws ProblemException if the file cannot be written
     */
    public void write(Entry entry) {
        Properties stored = new Properties();
        stored.setProperty("at", entry.at().toString());
        stored.setProperty("result", entry.result().name().toLowerCase(Locale.ROOT));
        try {
            PrivateFile.write(file(), stored);
        } catch (IOException e) {
            throw new ProblemException(e, "check.notRecorded", file(), String.valueOf(e.getMessage()));
        }
    }
}
