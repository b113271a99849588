package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Several databases of one schema in a folder, for tests. */
public final class Replicas implements AutoCloseable {
    public static final Schema TASKS = Schema.builder()
            .migration("tasks", """
                CREATE TABLE folder(id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT '');
                CREATE TABLE task(
                  id BLOB PRIMARY KEY NOT NULL, title TEXT, done INTEGER NOT NULL DEFAULT 0,
                  folder_id BLOB REFERENCES folder(id) ON DELETE CASCADE, code TEXT UNIQUE);
                CREATE INDEX task_folder ON task(folder_id);
                CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, body TEXT);
                CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT)\
                """)
            .synced("folder", "task", "note")
            .build();

    /** A clock that all databases of all tests share and that never shows the same time twice: later is later. */
    public static final InstantSource TICKING = new InstantSource() {
        private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.incrementAndGet());
        }
    };

    private final Path folder;
    private final Schema schema;
    private final List<SqliteDatabase> open = new ArrayList<>();

    public Replicas(Path folder, Schema schema) {
        this.folder = folder;
        this.schema = schema;
    }

    public SqliteDatabase open(String name) {
        return open(name, schema, TICKING);
    }

    public SqliteDatabase open(String name, Schema other, InstantSource clock) {
        DatabaseOptions options =
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(clock).named(name);
        SqliteDatabase database = SqliteDatabase.open(file(name), other, options);
        open.add(database);
        return database;
    }

    /** One whose ids come from a seed, and that does nothing by itself: a simulation comes out alike each time. */
    public SqliteDatabase open(String name, InstantSource clock, Random ids) {
        return open(name, schema, clock, new IdGenerator(ids));
    }

    SqliteDatabase open(String name, Schema other, InstantSource clock, IdGenerator ids) {
        DatabaseOptions options =
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(clock).named(name);
        SqliteDatabase database = SqliteDatabase.open(file(name), other, options, ids, false);
        open.add(database);
        return database;
    }

    /** Where the database of this name lies. */
    public Path file(String name) {
        return folder.resolve(name + ".db");
    }

    public SqliteDatabase open(String name, Schema other) {
        return open(name, other, TICKING);
    }

    /** Closes the database and opens its file again. */
    public SqliteDatabase reopen(SqliteDatabase database) {
        return reopen(database, schema);
    }

    /** Closes the database and opens its file again with another schema. */
    public SqliteDatabase reopen(SqliteDatabase database, Schema other) {
        database.close();
        return open(database.file().getFileName().toString().replace(".db", ""), other, TICKING);
    }

    /** Runs one statement in a transaction of its own. */
    public static int run(Database database, String sql, Object... parameters) {
        return database.write(tx -> tx.execute(sql, parameters));
    }

    /** The first column of the query's rows. */
    public static List<Object> column(Database database, String sql, Object... parameters) {
        return database.read(reader -> reader.list(Query.of(sql, parameters))).stream()
                .map(row -> row.value(0))
                .collect(java.util.stream.Collectors.toList());
    }

    /** The first column of the query's only row. */
    public static Object value(Database database, String sql, Object... parameters) {
        List<Object> values = column(database, sql, parameters);
        if (values.size() != 1) {
            throw new AssertionError(sql + " has " + values.size() + " rows");
        }
        return values.getFirst();
    }

    /** All changes that the database holds, in the order in which it lists them. */
    public static List<Change> changes(Database database) {
        return changes(database, VersionVector.EMPTY);
    }

    /** The changes after the vector. */
    public static List<Change> changes(Database database, VersionVector after) {
        List<Change> changes = new ArrayList<>();
        try (Batch.Reader reader = database.changelog().read(after, Batch.Limit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                changes.addAll(batch.changes());
            }
        }
        return changes;
    }

    /** Brings all databases in step. */
    public static void syncAll(Database... databases) {
        for (int round = 0; round < 2; round++) {
            for (int index = 1; index < databases.length; index++) {
                sync(databases[0], databases[index]);
            }
        }
    }

    /** A fresh id. */
    public static UUID id() {
        return UUID.randomUUID();
    }

    /** Brings two databases in step, both ways. */
    public static void sync(Database one, Database other) {
        pull(other, one, Batch.Limit.DEFAULT);
        pull(one, other, Batch.Limit.DEFAULT);
    }

    /** Takes from one database what the other lacks. */
    public static void pull(Database from, Database into, Batch.Limit limit) {
        try (Batch.Reader reader = from.changelog().read(into.changelog().vector(), limit)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                into.changelog().append(batch);
            }
        }
    }

    @Override
    public void close() {
        open.forEach(Database::close);
    }
}
