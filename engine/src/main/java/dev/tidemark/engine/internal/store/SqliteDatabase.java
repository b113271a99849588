package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.ReplicaId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stub until the store lands. */
@SuppressWarnings("DoNotCallSuggester")
public abstract class SqliteDatabase implements Database {
    public static Database open(Path file, Schema schema, DatabaseOptions options) {
        throw new UnsupportedOperationException("not yet: " + file);
    }

    public abstract <T extends @Nullable Object> T maintain(SqlFunction<Connection, T> work);

    public abstract <T extends @Nullable Object> T inspect(SqlFunction<Connection, T> work);

    public abstract void fsync();

    public abstract void adoptLibrary(UUID id);

    public abstract void nameReplica(ReplicaId replica, String name);

    public abstract AutoCloseable onCommit(Runnable listener);
}
