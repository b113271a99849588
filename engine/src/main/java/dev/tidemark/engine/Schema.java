package dev.tidemark.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application's tables: numbered migrations that make them, and which of them are synced. Immutable.
 *
 * <h2>Synced tables</h2>
 *
 * A synced table has one column {@code id}, alone its primary key and NOT NULL: 16 bytes if declared {@code BLOB}, a UUID as
 * lowercase text if declared {@code TEXT}. {@code WITHOUT ROWID}, {@code STRICT}, generated columns and tables of nothing
 * but an id are fine; composite, numeric and nullable ids, foreign keys to local tables or to another column than the id,
 * and unique indexes on expressions or on part of the rows are refused when the database is opened. So are triggers that
 * write to synced tables. Tables that are not declared as synced are local: nothing in them is tracked.
 *
 * <h2>Types</h2>
 *
 * A <a href="https://www.sqlite.org/stricttables.html">STRICT</a> table declares the types of its columns. SQLite refuses other
 * values in a transaction here. A value of another type that another device wrote waits: see
 * {@link dev.tidemark.engine.history.WaitingCell}. Columns of other tables, and {@code ANY} columns, take every value.
 *
 * <h2>What migrations may do</h2>
 *
 * Devices of different versions sync with each other, so on synced tables later steps add columns and tables only; a step
 * that takes away or renames one is refused, and changes nothing. A table can be rebuilt as long as its rows, ids and
 * columns stay. A local table may become synced later, with the rows it has; a synced one that holds rows stays synced.
 *
 * <p>What a step writes to synced tables is tracked like any write, but as nobody's opinion: it holds until a person writes
 * the same cell, on whichever device, before or after; and it is part of no conflict. So a step fills new columns, or adds
 * rows (best with fixed ids, so that each device's step adds the same). A step that deletes a row, or overwrites what a
 * person has written, would silently lose against it elsewhere, and is refused: do that in a transaction after opening.
 *
 * <p>Steps run with foreign keys off, and nothing checks them afterwards: a row of a synced table whose parent is missing is
 * hidden until it is there; in local tables that is up to the application. Each step that is run on a library that was
 * there before is an entry of the changelog, for others' information.
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
     * One migration. They are run once each, in order, atomically.
     *
     * @param name what it does, in a few words
     * @param step how it is done
     */
    public record Migration(String name, Step step) {}

    /** Work on the application's tables, in Java. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does the work. Whatever it throws undoes the whole step.
         *
         * @param tables what to do it on; valid only inside this call
         */
        void run(Tables tables);
    }

    /** The database inside a step: reads see what the step wrote. Not thread-safe; valid only inside the step. */
    public interface Tables extends Reader {
        /**
         * Runs SQL, of any kind but what begins or ends transactions.
         *
         * @param sql one statement, or without parameters any number of them separated by semicolons; triggers may contain
         *     semicolons of their own
         * @param parameters bound in order, as {@link Transaction#execute(String, Object...)} takes them
         * @return how many rows the last statement changed
         * @throws QueryException if SQLite refuses it
         */
        int execute(String sql, @Nullable Object... parameters);

        /**
         * Runs one statement with named parameters, as {@link Transaction#execute(String, Map)} does.
         *
         * @return how many rows the statement changed
         * @throws QueryException if SQLite refuses it, a name has no value, or a value no place
         */
        int execute(String sql, Map<String, ? extends @Nullable Object> parameters);
    }

    /** Starts an empty schema. */
    public static Builder builder() {
        return new Builder();
    }

    /** The steps in order; the version of the schema is their number. */
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

    /** Collects a schema. Not thread-safe. */
    public static final class Builder {
        private final List<Migration> migrations = new ArrayList<>();
        private final Set<String> synced = new LinkedHashSet<>();
        private final Map<String, Set<String>> blobs = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds the next step. Never change or reorder a step that was released.
         *
         * @param name what it does, in a few words
         * @param sql statements separated by semicolons
         */
        public Builder migration(String name, String sql) {
            return migration(name, tables -> tables.execute(sql));
        }

        /**
         * Adds the next step. Never change or reorder a step that was released.
         *
         * @param name what it does, in a few words
         * @param step does it
         */
        public Builder migration(String name, Step step) {
            migrations.add(new Migration(name, step));
            return this;
        }

        /**
         * Declares tables as synced. A table that was local becomes synced best together with a step, so that an older
         * version of the program that still runs on the same file notices.
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
         * Declares columns of a synced table that refer to {@linkplain dev.tidemark.engine.blob.Blobs blobs}: each value is the 32
         * {@linkplain dev.tidemark.engine.blob.BlobId#bytes bytes} of an id, or NULL; other values refer to nothing. Never take
         * this back of a column, nor declare one that an older version of the program knows without it: that version would not
         * know that files are still needed.
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
