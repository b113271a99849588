package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens databases in temporary folders, which are deleted when the database is closed. */
final class TemporaryFolder {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    private TemporaryFolder() {}

    static SqliteDatabase open(Schema schema, DatabaseOptions options) {
        Path folder;
        try {
            folder = Files.createTempDirectory("tidemark-");
        } catch (IOException e) {
            throw new Database.OpenException(
                    e, Problem.DATABASE_NOT_OPENED, System.getProperty("java.io.tmpdir"), ErrorText.of(e));
        }
        try {
            SqliteDatabase database =
                    SqliteDatabase.open(folder.resolve("temporary.db"), schema, options.with(Durability.NONE));
            database.onClosed(() -> delete(folder));
            return database;
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("The temporary folder {} could not be deleted", folder, e);
        }
    }
}
