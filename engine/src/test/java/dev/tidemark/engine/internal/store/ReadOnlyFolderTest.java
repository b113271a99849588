package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opening a database in a read-only folder fails with a message. As root the test uses a read-only mount, because
 * permissions do not apply.
 */
class ReadOnlyFolderTest {
    @TempDir
    Path folder;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        SqliteDatabase.open(folder.resolve("there.db"), Replicas.TASKS, DatabaseOptions.DEFAULT)
                .close();
        if ("root".equals(System.getProperty("user.name"))) {
            String place = folder.toString();
            mounted = run("mount", "--bind", place, place) == 0;
            Assumptions.assumeTrue(mounted && run("mount", "-o", "remount,ro,bind", place) == 0, "cannot mount");
        } else {
            assertThat(folder.toFile().setWritable(false)).isTrue();
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", folder.toString());
        } else {
            folder.toFile().setWritable(true);
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void databaseInReadOnlyFolderIsRefusedWithASentence() throws Exception {
        for (String name : new String[] {"there.db", "new.db"}) {
            assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve(name), Replicas.TASKS, DatabaseOptions.DEFAULT))
                    .isInstanceOf(Database.OpenException.class)
                    .hasMessageContaining("read-only")
                    .hasMessageEndingWith(".");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("there.db"));
        }
    }
}
