package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database file contains no bytes of deleted texts. */
class DeletedTextTest {
    private static final String SECRET = "a secret that was deleted ";

    @TempDir
    private Path folder;

    private interface Opening {
        WriteConnection open(Path file, Duration busyTimeout) throws SQLException;
    }

    @Test
    void theFileHasNoBytesOfATextThatAnApplicationDeleted() throws Exception {
        assertLeavesNothing(WriteConnection::forApplication);
    }

    @Test
    void theFileHasNoBytesOfATextThatTheEngineDeleted() throws Exception {
        assertLeavesNothing(WriteConnection::forEngine);
    }

    /** A short text lies in a page that stays in use, a long one in pages that become free. */
    private void assertLeavesNothing(Opening opening) throws SQLException, IOException {
        Path file = folder.resolve("notes.db");
        try (WriteConnection connection = opening.open(file, Duration.ofSeconds(5))) {
            connection.statements().update("CREATE TABLE note(id INTEGER PRIMARY KEY, title TEXT)");
            connection.statements().update("INSERT INTO note VALUES (1, 'Milk'), (2, ?)", SECRET);
            connection.statements().update("INSERT INTO note VALUES (3, ?)", SECRET.repeat(10_000));
            connection.statements().update("DELETE FROM note WHERE id > 1");
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains("Milk")).isTrue();
        assertThat(bytes.contains(SECRET)).isFalse();
    }
}
