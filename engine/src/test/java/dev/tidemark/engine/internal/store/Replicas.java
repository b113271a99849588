package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Some databases of one schema in a folder, for tests. */
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

    private final Path folder;
    private final Schema schema;
    private final List<SqliteDatabase> open = new ArrayList<>();

    public Replicas(Path folder, Schema schema) {
        this.folder = folder;
        this.schema = schema;
    }

    public SqliteDatabase open(String name) {
        return open(name, schema, InstantSource.system());
    }

    public SqliteDatabase open(String name, Schema other, InstantSource clock) {
        DatabaseOptions options =
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(clock).named(name);
        SqliteDatabase database = SqliteDatabase.open(folder.resolve(name + ".db"), other, options);
        open.add(database);
        return database;
    }

    /** Brings two databases in step, both ways. */
    public static void sync(Database one, Database other) {
        pull(other, one, BatchLimit.DEFAULT);
        pull(one, other, BatchLimit.DEFAULT);
    }

    /** Takes from one database what the other lacks. */
    public static void pull(Database from, Database into, BatchLimit limit) {
        try (BatchReader reader = from.changelog().read(into.changelog().vector(), limit)) {
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
