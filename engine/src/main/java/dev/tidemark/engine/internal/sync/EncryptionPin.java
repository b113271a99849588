package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.store.SqliteDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Stores the encryption of one storage when this replica joins it, so that no file in the storage can turn encryption
 * off later (docs/correctness.md#r18). Contains no secrets. Thread-safe.
 */
final class EncryptionPin {
    private final StateTables tables;
    private final String location;

    /**
     * @param mode {@code none} or {@code age}
     * @param writes the id of the key that this replica last wrote with; empty without encryption
     * @param opened the key files that the passphrase last opened. If they are missing, the passphrase was changed.
     */
    record State(String mode, String writes, String opened) {}

    EncryptionPin(SqliteDatabase database, String location) {
        this.tables = new StateTables(database);
        this.location = location;
    }

    @Nullable
    State state() {
        return tables.first(
                "SELECT mode, writes, opened FROM tm_remote_encryption WHERE location = ?",
                row -> new State(row.getString(1), row.getString(2), row.getString(3)),
                location);
    }

    /** Returns whether this replica encrypts any storage. */
    boolean isAnyEncrypted() {
        return tables.exists("SELECT 1 FROM tm_remote_encryption WHERE mode = ? LIMIT 1", LibraryFile.ENCRYPTED);
    }

    void save(State state) {
        if (!state.equals(state())) {
            tables.update(
                    "INSERT OR REPLACE INTO tm_remote_encryption(location, mode, writes, opened) VALUES (?, ?, ?, ?)",
                    location,
                    state.mode(),
                    state.writes(),
                    state.opened());
        }
    }
}
