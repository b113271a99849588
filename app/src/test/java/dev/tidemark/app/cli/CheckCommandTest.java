package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark check} finds damage, and {@code tidemark repair} repairs what this device can. */
class CheckCommandTest {
    @TempDir
    Path profile;

    private CommandRun run(String... arguments) {
        return CommandRun.on(profile, arguments);
    }

    private Path only(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).matches(pattern))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Runs a statement without the engine, or returns the number that a query answers. */
    private long byAnotherProgram(String sql) throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + only(profile, "tidemark\\.db"));
                Statement statement = file.createStatement()) {
            return statement.execute(sql) ? first(statement) : statement.getUpdateCount();
        }
    }

    private static long first(Statement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            return result.getLong(1);
        }
    }

    private void emptyPage(long page) throws Exception {
        byAnotherProgram("PRAGMA wal_checkpoint(TRUNCATE)");
        long size = byAnotherProgram("PRAGMA page_size");
        try (RandomAccessFile file =
                new RandomAccessFile(only(profile, "tidemark\\.db").toFile(), "rw")) {
            file.seek((page - 1) * size + 3);
            file.write(new byte[] {0, 0});
        }
    }

    @Test
    void aFlippedByteOfATitleIsNamedAndARepairBringsBackTheTitle() throws Exception {
        run("add", "Buy milk").printed();
        byAnotherProgram("UPDATE item SET title = 'Buy malk'");
        assertThat(run("check").output()).contains("Buy malk", "values of the history", "tidemark repair --adopt");

        assertThat(run("repair", "--json").object())
                .containsEntry("restored", 1)
                .containsEntry("adopted", 0);

        assertThat(run("check").printed()).contains("intact");
        assertThat(run("list").printed()).contains("Buy milk");
        assertThat(run("history", "--json").objects()).hasSize(1);
    }

    @Test
    void anEditOfAnotherProgramIsKeptOnRequestAndTheCheckpointBeforeItHasTheTitle() throws Exception {
        run("add", "Buy milk").printed();
        assertThat(run("check").printed()).contains("intact");
        byAnotherProgram("UPDATE item SET title = 'Buy malk'");

        CommandRun check = run("check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.output()).contains("One entry differs", "Buy malk", "tidemark repair");

        Map<String, Object> repair = run("repair", "--adopt", "--json").object();
        assertThat(repair).containsEntry("adopted", 1);
        assertThat(Path.of((String) repair.get("backup"))).exists();
        assertThat(run("check").printed()).contains("intact");
        String name = String.valueOf(
                run("checkpoint", "list", "--json").objects().getFirst().get("name"));
        run("checkpoint", "restore", name).printed();
        assertThat(run("list").printed()).contains("Buy milk");
    }

    @Test
    void aDeletedAndADamagedAttachmentComeBackFromABackup() throws Exception {
        String item = run("add", "Trip").printed().strip();
        Path photo = Files.writeString(profile.resolve("photo.jpg"), "not a photo");
        run("attach", item, photo.toString()).printed();
        run("backup").printed();
        Path blobs = profile.resolve("tidemark.db.blobs");
        Path blob = only(blobs, "[0-9a-f]{64}");
        Files.delete(blob);
        assertThat(run("check").output()).contains("photo.jpg", "missing", "backup");
        assertThat(run("repair", "--json").object()).containsEntry("attachments", 1);
        assertThat(Files.readString(blob)).isEqualTo("not a photo");

        Files.delete(blob);
        Files.writeString(blob, "not a phoxo");
        assertThat(run("check").output()).contains("photo.jpg", "damaged");
        run("repair").printed();
        assertThat(Files.readString(blob)).isEqualTo("not a photo");
        assertThat(run("check").code()).isZero();
    }

    @Test
    void anIndexThatLacksRowsIsBuiltAgain() throws Exception {
        run("add", "Buy milk").printed();
        emptyPage(byAnotherProgram("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'item'"
                + " AND name NOT LIKE 'sqlite%' AND sql NOT LIKE '%WHERE%' LIMIT 1"));

        assertThat(run("check", "--json").output()).contains("\"repairable\":true", "missing from index");
        Map<String, Object> repair = run("repair", "--json").object();
        assertThat(repair).containsEntry("damage", List.of()).containsEntry("reindexed", true);
        assertThat(Path.of((String) repair.get("copy"))).exists();
        assertThat(run("check").printed()).contains("intact");
    }

    @Test
    void aDamagedTableIsSaidAndNothingIsChanged() throws Exception {
        run("add", "Buy milk").printed();
        emptyPage(byAnotherProgram("SELECT rootpage FROM sqlite_schema WHERE name = 'item'"));

        assertThat(run("check", "--json").output()).contains("\"repairable\":false");
        CommandRun repair = run("repair");
        assertThat(repair.code()).isEqualTo(1);
        assertThat(repair.errors()).contains("damaged");
        assertThat(profile.resolve("backups")).doesNotExist();
    }
}
