package dev.tidemark.engine.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the entries of a {@link Committer} without the engine. */
final class FoundEntries {
    private FoundEntries() {}

    /**
     * The entries that are there, in the words in which they were acknowledged. The file must be sound, and of each
     * writer there must be all entries up to the last: commits are never lost out of their order.
     */
    static Set<String> in(Path folder) throws SQLException {
        Set<String> entries = new TreeSet<>();
        Map<Integer, Integer> last = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Committer.DATABASE));
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(rows.getString(1)).isEqualTo("ok");
            }
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'entry'")) {
                if (!rows.next()) {
                    return entries;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT writer, number FROM entry ORDER BY number")) {
                while (rows.next()) {
                    entries.add("saved " + rows.getInt(1) + " " + rows.getInt(2));
                    int before = last.getOrDefault(rows.getInt(1), -1);
                    assertThat(rows.getInt(2)).isEqualTo(before + 1);
                    last.put(rows.getInt(1), rows.getInt(2));
                }
            }
        }
        return entries;
    }
}
