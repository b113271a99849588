package dev.tidemark.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The application's tables: numbered migrations that make them, and which of them are synced. Immutable.
 *
 * <p>A synced table has one column {@code id}, its primary key, NOT NULL: 16 bytes if declared {@code BLOB}, or the text
 * form if declared {@code TEXT}. Other tables are local: nothing in them is tracked. On synced tables, later migrations
 * add columns and tables only.
 */
public final class Schema {
    private final List<Migration> migrations;
    private final Set<String> synced;

    private Schema(Builder builder) {
        migrations = List.copyOf(builder.migrations);
        synced = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(builder.synced));
    }

    /**
     * One step. Steps are run once each, in order, atomically.
     *
     * @param name what it does, in a few words
     * @param sql statements separated by semicolons; triggers may contain semicolons of their own
     */
    public record Migration(String name, String sql) {}

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

    /** Collects a schema. Not thread-safe. */
    public static final class Builder {
        private final List<Migration> migrations = new ArrayList<>();
        private final Set<String> synced = new LinkedHashSet<>();

        private Builder() {}

        /** Adds the next step. Never change or reorder a step that was released. */
        public Builder migration(String name, String sql) {
            migrations.add(new Migration(name, sql));
            return this;
        }

        /** Declares tables as synced. */
        public Builder synced(String... tables) {
            synced.addAll(List.of(tables));
            return this;
        }

        /** The finished schema. */
        public Schema build() {
            return new Schema(this);
        }
    }
}
