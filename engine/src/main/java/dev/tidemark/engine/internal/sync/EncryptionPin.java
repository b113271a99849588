package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sql.SqlAccess;
import org.jspecify.annotations.Nullable;

/**
 * How a remote is encrypted, as this replica durably remembers it from when it joined: nothing that is read there lowers it
 * (docs/correctness.md#r18). No secrets. Thread-safe.
 */
final class EncryptionPin {
    private final SqlAccess database;
    private final String location;

    /**
     * What is remembered.
     *
     * @param mode {@code none} or {@code age}
     * @param writes the id of the key that was last written with; empty without encryption
     * @param opened the sealed keys that a passphrase last opened here, by name: if they are gone, it was changed
     */
    record State(String mode, String writes, String opened) {}

    EncryptionPin(SqlAccess database, String location) {
        this.database = database;
        this.location = location;
    }

    @Nullable
    State state() {
        return database.query(statements -> statements.first(
                "SELECT mode, writes, opened FROM tm_remote_encryption WHERE location = ?",
                row -> new State(row.getString(1), row.getString(2), row.getString(3)),
                location));
    }

    /** Whether this replica has encrypted, here or elsewhere. */
    boolean isAnyEncrypted() {
        return database.query(statements -> {
            String sql = "SELECT 1 FROM tm_remote_encryption WHERE mode = ? LIMIT 1";
            return statements.first(sql, row -> true, LibraryFile.ENCRYPTED) != null;
        });
    }

    void remember(State state) {
        if (state.equals(state())) {
            return;
        }
        database.update(statements -> statements.update("""
            INSERT OR REPLACE INTO tm_remote_encryption(location, mode, writes, opened)
            VALUES (?, ?, ?, ?)\
            """, location, state.mode(), state.writes(), state.opened()));
    }
}
