package dev.tidemark.engine.bench;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Schema;
import java.nio.file.Path;
import java.util.List;

/** Inserts rows into the todo table through the engine. */
final class TodoTable {
    static final String CREATE = "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT, done INTEGER,"
            + " priority INTEGER, due TEXT, created INTEGER)";
    static final String INSERT =
            "INSERT INTO todo(id, title, note, done, priority, due, created) VALUES (?, ?, ?, ?, ?, ?, ?)";
    static final String UPDATE = "UPDATE todo SET title = ? WHERE id = ?";
    static final Schema SCHEMA =
            Schema.builder().migration("todo", CREATE).synced("todo").build();

    private TodoTable() {}

    static Database open(Path file, Durability durability) {
        return Database.open(file, SCHEMA, DatabaseOptions.DEFAULT.with(durability));
    }

    /** Inserts the rows by SQL, so many a transaction. */
    static void insert(Database database, List<Todo> rows, int each) {
        for (int from = 0; from < rows.size(); from += each) {
            List<Todo> part = rows.subList(from, Math.min(rows.size(), from + each));
            database.write(tx -> {
                for (Todo row : part) {
                    tx.execute(INSERT, row.parameters());
                }
                return null;
            });
        }
    }

    /** Saves the rows as records, so many a transaction. */
    static void save(Database database, List<Todo> rows, int each) {
        for (int from = 0; from < rows.size(); from += each) {
            List<Todo> part = rows.subList(from, Math.min(rows.size(), from + each));
            database.write(tx -> {
                part.forEach(row -> tx.save("todo", row));
                return null;
            });
        }
    }
}
