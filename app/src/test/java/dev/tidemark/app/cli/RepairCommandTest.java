package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark repair}. */
class RepairCommandTest {
    @TempDir
    Path profile;

    private Path database() throws Exception {
        try (Stream<Path> files = Files.walk(profile)) {
            return files.filter(file -> file.endsWith("tidemark.db"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aSoundLibraryIsCalledThat() {
        CommandRun.on(profile, "add", "milk").printed();
        assertThat(CommandRun.on(profile, "repair").printed()).contains("sound");
    }

    @Test
    void aLibraryWhoseClockIsAtTheEndOfTimeCanBeWrittenAfterwards() throws Exception {
        CommandRun.on(profile, "add", "milk").printed();
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = file.createStatement()) {
            statement.executeUpdate("UPDATE tm_replica SET clock = (1 << 59) - 1");
        }
        CommandRun refused = CommandRun.on(profile, "add", "bread");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("tidemark repair");
        Map<String, Object> repaired =
                CommandRun.on(profile, "repair", "--json").object();
        assertThat(repaired).containsEntry("damage", List.of()).containsEntry("restamped", 0);
        assertThat(Path.of((String) repaired.get("copy"))).exists();
        CommandRun.on(profile, "add", "bread").printed();
        assertThat(CommandRun.on(profile, "list", "--json").objects()).hasSize(2);
    }
}
