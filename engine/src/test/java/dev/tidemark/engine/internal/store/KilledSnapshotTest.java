package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it applies a snapshot leaves a database that continues from there. */
@Proof
class KilledSnapshotTest {
    private static final int NOTES = 24;
    private static final int LONG = 700_000;

    @TempDir
    Path folder;

    private final List<String> kills = new ArrayList<>();
    private final Thread merger = Thread.currentThread();
    private boolean merging;

    /** A snapshot between whose parts the process is killed. */
    private final class Interrupted implements Snapshot {
        private final Snapshot snapshot;

        Interrupted(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public String name() {
            return snapshot.name();
        }

        @Override
        public VersionVector vector() {
            return snapshot.vector();
        }

        @Override
        public long clock() {
            return snapshot.clock();
        }

        @Override
        public Snapshot.@Nullable Part next() {
            kill();
            return snapshot.next();
        }

        @Override
        public void skip(int parts) {
            snapshot.skip(parts);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    /** What the files hold at this moment is what a killed process leaves. */
    private void kill() {
        String name = "killed" + kills.size();
        try {
            for (String end : List.of("-wal", "")) {
                Files.copy(folder.resolve("b.db" + end), folder.resolve(name + ".db" + end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kills.add(name);
    }

    /** The clock is asked when all is merged and nothing is committed; idle maintenance asks it on its own thread. */
    private Instant instant() {
        if (merging && Thread.currentThread().equals(merger)) {
            kill();
        }
        return Instant.ofEpochMilli(1_800_000_000_000L);
    }

    @Test
    void whatAKilledProcessLeavesOfASnapshotIsTakenUpOrMergedAsAWhole() {
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase a = replicas.open("a");
            Random random = new Random(1);
            for (int note = 0; note < NOTES; note++) {
                byte[] body = new byte[LONG / 2];
                random.nextBytes(body);
                Replicas.run(
                        a,
                        "INSERT INTO note(id, body) VALUES (?, ?)",
                        new UUID(1, note),
                        java.util.HexFormat.of().formatHex(body));
            }
            SqliteDatabase b = replicas.open("b", Replicas.TASKS, this::instant);
            Replicas.run(b, "INSERT INTO note(id, body) VALUES (?, 'of b')", new UUID(2, 1));
            String before = b.dump();
            try (Snapshot snapshot = a.snapshot()) {
                merging = true;
                b.changelog().installSnapshot(new Interrupted(snapshot));
                merging = false;
            }
            Replicas.sync(a, b);
            // Before each of three parts, after the last, and at least once while all of them are merged.
            assertThat(kills).hasSizeGreaterThan(4);
            for (String name : kills) {
                SqliteDatabase again = replicas.open(name);
                assertThat(again.dump()).as(name).isEqualTo(before);
                try (Snapshot snapshot = a.snapshot()) {
                    again.changelog().installSnapshot(snapshot);
                }
                Replicas.sync(a, again);
                assertThat(again.dump()).as(name).isEqualTo(b.dump());
                assertThat(StateDump.of(again)).as(name).isEqualTo(StateDump.of(b));
                assertThat(again.changelog().vector()).isEqualTo(b.changelog().vector());
                again.close();
            }
        }
    }
}
