package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device of a simulated life, its database file, and the writes that it has confirmed. */
final class SimulatedMachine {
    /** A write that a device had confirmed: what it is whoever's number it goes by. */
    record Written(long time, long wallMillis, String table, UUID row, Change.Kind kind) {
        static Written of(Change change) {
            return new Written(change.hlcTime(), change.wallMillis(), change.table(), change.row(), change.kind());
        }
    }

    private final Replicas replicas;
    private final IdGenerator ids;
    private final InstantSource clock;
    final HistoryDevice device;
    final Set<Written> confirmed = new HashSet<>();
    final Encryption secrets;
    private final Consumer<Change> written;
    String name;
    /** How many milliseconds this machine's clock goes wrong. */
    long offset;

    @Nullable
    Path backup;

    /** Whether it is a backup that has not met what was published after it. */
    boolean isBehindItself;

    private VersionVector known = VersionVector.EMPTY;

    SimulatedMachine(
            Replicas replicas,
            String name,
            int version,
            InstantSource trueClock,
            long offset,
            Random random,
            IdGenerator ids,
            List<UUID> rows,
            Encryption secrets,
            Consumer<Change> written) {
        this.secrets = secrets;
        this.written = written;
        this.replicas = replicas;
        this.ids = ids;
        this.name = name;
        this.offset = offset;
        this.clock = () -> trueClock.instant().plusMillis(this.offset);
        this.device = new HistoryDevice(open(name, version), version, random, rows);
    }

    /** A note may be an attachment. */
    private static Schema schema(int version) {
        return UpgradeHistoryTest.builder(version).blobs("note", "body").build();
    }

    SqliteDatabase database() {
        return device.database;
    }

    private SqliteDatabase open(String file, int version) {
        SqliteDatabase database = replicas.open(file, schema(version), clock, ids);
        database.onEvent(Runnable::run, event -> {
            if (event.message().isBlank()) {
                throw new AssertionError("An event without a sentence: " + event);
            }
        });
        return database;
    }

    /** Notes what the device has confirmed since. */
    void remember() {
        ReplicaId self = database().replica();
        database()
                .changelog()
                .list(ChangelogQuery.ALL.by(self).sequences(1 + known.get(self), Long.MAX_VALUE))
                .forEach(change -> {
                    confirmed.add(Written.of(change));
                    written.accept(change);
                });
        known = database().changelog().vector();
    }

    /** What the files hold at this moment is what a killed process leaves. */
    void killAndStartAs(String file) {
        copyFiles(file);
        database().close();
        goOnWith(file, device.version);
    }

    void upgrade(int version) {
        database().close();
        device.version = version;
        goOnWith(name, version);
        remember();
    }

    private void goOnWith(String file, int version) {
        name = file;
        device.database = open(file, version);
    }

    /** A copy of all that is saved, under this name. */
    Path copyTo(String file) {
        database().update(statements -> 0);
        copyFiles(file);
        return replicas.file(file);
    }

    private void copyFiles(String file) {
        try {
            // The log first: what a checkpoint moves meanwhile is in it still.
            for (String end : List.of("-wal", "")) {
                Path from = replicas.file(name).resolveSibling(name + ".db" + end);
                if (Files.exists(from)) {
                    Files.copy(from, from.resolveSibling(file + ".db" + end));
                }
            }
            copyBlobs(blobs(name), blobs(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path blobs(String file) {
        return replicas.file(file).resolveSibling(file + ".db.blobs");
    }

    private static void copyBlobs(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectory(to);
        try (Stream<Path> blobs = Files.list(from)) {
            for (Path blob : (Iterable<Path>) blobs.filter(Files::isRegularFile)::iterator) {
                Files.copy(blob, to.resolve(blob.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    boolean canRestore() {
        return backup != null && device.version <= versionOf(backup);
    }

    /** Puts the backup in the place of what is there. */
    void restore() {
        Path from = java.util.Objects.requireNonNull(backup);
        database().close();
        goOnWith(from.getFileName().toString().replace(".db", ""), device.version);
        backup = null;
        isBehindItself = true;
        known = database().changelog().vector();
    }

    private static int versionOf(Path backup) {
        try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + backup);
                java.sql.ResultSet row = connection.createStatement().executeQuery("SELECT schema FROM tm_state")) {
            return row.getInt(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
