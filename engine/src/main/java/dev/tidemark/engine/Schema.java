package dev.tidemark.engine;

import dev.tidemark.engine.problem.QueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes the application's tables by numbered migrations that create the tables, and by the names of the synced
 * tables. Immutable.
 *
 * <h2>Synced tables</h2>
 *
 * A synced table has a column {@code id}, which alone is its primary key and is NOT NULL: 16 bytes if declared
 * {@code BLOB}, a UUID as lowercase text if declared {@code TEXT}. {@code WITHOUT ROWID}, {@code STRICT}, generated
 * columns and tables with only an id are allowed. Opening a database refuses composite, numeric and nullable ids,
 * foreign keys to local tables or to other columns than the id, unique indexes on expressions or on part of the rows,
 * and triggers that write to synced tables. Tables that are not declared as synced are local: the engine does not track
 * them.
 *
 * <h2>Types</h2>
 *
 * A <a href="https://www.sqlite.org/stricttables.html">STRICT</a> table declares the types of its columns. SQLite
 * refuses other values in a local transaction. If another device wrote a value of another type, the value is not shown
 * but waits: see {@link dev.tidemark.engine.history.WaitingCell}. Columns of other tables, and {@code ANY} columns,
 * take every value.
 *
 * <h2>Migrations of synced tables</h2>
 *
 * Devices of different versions sync with each other. So later steps may only add synced tables, and columns to them. A
 * step that removes or renames a synced table or column is refused and changes nothing. A step may rebuild a table if
 * its rows, ids and columns stay. A local table may become synced later, with its rows. A synced table that has rows
 * cannot become local.
 *
 * <p>Writes of a step to synced tables are tracked. They take no part in conflicts and lose to every write of a user to
 * the same column of the row, on any device, whether it is earlier or later. So a step can fill new columns or add rows
 * (best with fixed ids, so that the step adds the same rows on each device). A step that deletes a row or overwrites a
 * user's value is refused, because its write would silently lose on other devices. Make such writes in a transaction
 * after opening.
 *
 * <p>Steps run with foreign keys off, and the engine does not check them afterwards. A row of a synced table whose
 * parent is missing is hidden until the parent exists. The application itself must keep the foreign keys of local
 * tables valid. A step that runs on an existing library adds an entry to the changelog, which informs other devices.
 */
public final class Schema {
    private final List<Migration> migrations;
    private final Set<String> synced;
    private final Map<String, Set<String>> blobs;

    private Schema(Builder builder) {
        migrations = List.copyOf(builder.migrations);
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        builder.blobs.forEach((table, names) -> columns.put(table, Set.copyOf(names)));
        blobs = java.util.Collections.unmodifiableMap(columns);
        synced = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(builder.synced));
    }

    /**
     * One migration. Migrations run in order. Each runs once and atomically.
     *
     * @param name the purpose of the step, in a few words
     * @param step the work
     */
    public record Migration(String name, Step step) {}

    /** Work on the application's tables, in Java. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does the work. An exception rolls the whole step back.
         *
         * @param tables the database; valid only inside this call
         */
        void run(Tables tables);
    }

    /** The database as a step uses it. Reads see the step's own writes. Not thread-safe; valid only inside the step. */
    public interface Tables extends Reader {
        /**
         * Runs any SQL except statements that begin or end transactions.
         *
         * @param sql one statement, or if there are no parameters, any number of statements separated by semicolons
         * @param parameters bound in order, as {@link Transaction#execute(String, Object...)} takes them
         * @return how many rows the last statement changed
         * @throws QueryException if SQLite refuses the SQL
         */
        int execute(String sql, @Nullable Object... parameters);

        /**
         * Runs one statement with named parameters, as {@link Transaction#execute(String, Map)} does.
         *
         * @return how many rows the statement changed
         * @throws QueryException if SQLite refuses the statement, if a name has no value, or if a value has no
         *     parameter
         */
        int execute(String sql, Map<String, ? extends @Nullable Object> parameters);
    }

    /** Starts an empty schema. */
    public static Builder builder() {
        return new Builder();
    }

    /** The steps in order. The number of steps is the version of the schema. */
    public List<Migration> migrations() {
        return migrations;
    }

    /** The names of the synced tables. */
    public Set<String> synced() {
        return synced;
    }

    /** The columns that refer to {@linkplain dev.tidemark.engine.blob.Blobs blobs}, by table. */
    public Map<String, Set<String>> blobs() {
        return blobs;
    }

    /** Builds a schema. Not thread-safe. */
    public static final class Builder {
        private final List<Migration> migrations = new ArrayList<>();
        private final Set<String> synced = new LinkedHashSet<>();
        private final Map<String, Set<String>> blobs = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds the next step. Never change or reorder a step that was released.
         *
         * @param name the purpose of the step, in a few words
         * @param sql statements separated by semicolons
         */
        public Builder migration(String name, String sql) {
            return migration(name, tables -> tables.execute(sql));
        }

        /**
         * Adds the next step. Never change or reorder a step that was released.
         *
         * @param name the purpose of the step, in a few words
         * @param step the work
         */
        public Builder migration(String name, Step step) {
            migrations.add(new Migration(name, step));
            return this;
        }

        /**
         * Declares tables as synced. When you make a local table synced, add a step, too. An older version of the
         * program that has the file open notices only a new step.
         *
         * @throws IllegalArgumentException if a name is empty
         */
        public Builder synced(String... tables) {
            if (List.of(tables).contains("")) {
                throw new IllegalArgumentException("A synced table needs a name.");
            }
            synced.addAll(List.of(tables));
            return this;
        }

        /**
         * Declares columns of a synced table that refer to {@linkplain dev.tidemark.engine.blob.Blobs blobs}: each
         * value is the 32 {@linkplain dev.tidemark.engine.blob.BlobId#bytes bytes} of an id, or NULL. Other values
         * refer to no blob. Never remove this declaration from a column, nor add it to a column that a released version
         * knows without it, because that version would not know which blobs are still needed.
         *
         * @throws IllegalArgumentException if no column is named
         */
        public Builder blobs(String table, String... columns) {
            if (columns.length == 0) {
                throw new IllegalArgumentException("Columns that refer to blobs need names.");
            }
            blobs.computeIfAbsent(table, name -> new LinkedHashSet<>()).addAll(List.of(columns));
            return this;
        }

        /** The finished schema. */
        public Schema build() {
            return new Schema(this);
        }
    }
}
