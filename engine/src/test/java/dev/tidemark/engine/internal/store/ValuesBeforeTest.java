package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changelog finds the values that a change replaced, and changes by their kind. */
class ValuesBeforeTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private final UUID note = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        a.write(tx -> {
            tx.execute("INSERT INTO note VALUES (?, ?)", note, "first");
        });
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void set(SqliteDatabase database, String text) {
        database.write(tx -> {
            tx.execute("UPDATE note SET body = ? WHERE id = ?", text, note);
        });
    }

    private List<Change> changes() {
        return a.changelog().list(ChangelogQuery.ALL.row("note", note));
    }

    @Test
    void anUpdateReplacedTheEarlierValue() {
        for (int edit = 0; edit < 50; edit++) {
            set(a, "edit " + edit);
        }
        assertThat(a.changelog().valuesBefore(changes().getFirst())).isEmpty();
        assertThat(a.changelog().valuesBefore(changes().get(1))).isEqualTo(Map.of("body", "first"));
        assertThat(a.changelog().valuesBefore(changes().get(50))).isEqualTo(Map.of("body", "edit 48"));
    }

    @Test
    void aDeleteReplacedAllValues() {
        set(a, "second");
        a.write(tx -> {
            tx.delete("note", note);
        });
        assertThat(a.changelog().valuesBefore(changes().getLast())).containsEntry("body", "second");
    }

    @Test
    void aRowInsertedAgainReplacedNothing() {
        a.write(tx -> {
            tx.delete("note", note);
        });
        a.write(tx -> {
            tx.execute("INSERT INTO note VALUES (?, ?)", note, "again");
        });
        assertThat(changes().getLast().kind()).isEqualTo(Change.Kind.INSERT);
        assertThat(a.changelog().valuesBefore(changes().getLast())).isEmpty();
    }

    @Test
    void concurrentEditsBothReplacedTheValueThatTheirWritersHadSeen() {
        SqliteDatabase b = replicas.open("b");
        Replicas.sync(a, b);
        set(a, "here");
        set(b, "there");
        Replicas.sync(a, b);
        set(a, "both");
        List<Change> changes = changes();
        for (SqliteDatabase each : List.of(a, b)) {
            assertThat(each.changelog().valuesBefore(changes.get(1))).isEqualTo(Map.of("body", "first"));
            assertThat(each.changelog().valuesBefore(changes.get(2))).isEqualTo(Map.of("body", "first"));
        }
        assertThat(a.changelog().valuesBefore(changes.get(3)))
                .isEqualTo(Map.of("body", String.valueOf(changes.get(2).values().get("body"))));
    }

    @Test
    void aDeleteOfAnotherReplicaThatTheWriterHadNotSeenEndsNoSearch() {
        SqliteDatabase b = replicas.open("b");
        Replicas.sync(a, b);
        b.write(tx -> {
            tx.delete("note", note);
        });
        set(a, "here");
        Replicas.sync(a, b);
        Change edit = changes().stream()
                .filter(change -> change.kind() == Change.Kind.UPDATE)
                .findFirst()
                .orElseThrow();
        assertThat(b.changelog().valuesBefore(edit)).isEqualTo(Map.of("body", "first"));
    }

    @Test
    void aQueryListsChangesByTheirKind() {
        set(a, "second");
        a.write(tx -> {
            tx.delete("note", note);
        });
        ChangelogQuery all = ChangelogQuery.ALL.row("note", note);
        assertThat(a.changelog().list(all.kinds(Change.Kind.UPDATE))).hasSize(1);
        assertThat(a.changelog().list(all.kinds(Change.Kind.INSERT, Change.Kind.DELETE)))
                .extracting(Change::kind)
                .containsExactly(Change.Kind.INSERT, Change.Kind.DELETE);
        assertThat(a.changelog().list(all.kinds())).hasSize(3);
    }
}
