package dev.tidemark.app.sync;

import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.storage.StorageSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person can do about a sync that needs attention. */
public enum SyncRemedy {
    /** Publish everything that this device holds again. */
    PUBLISH,
    /** Connect to the library that the storage holds. */
    CONNECT,
    /** Enter the passphrase. */
    PASSPHRASE,
    /** Mend the settings. */
    SETTINGS;

    /** What helps against this, best first; empty if only waiting does, or nothing. */
    static List<SyncRemedy> forError(@Nullable TidemarkException trouble) {
        if (trouble == null) {
            return List.of();
        }
        return switch (trouble.problem()) {
            case SYNC_EMPTIED -> List.of(PUBLISH);
            case SYNC_PUT_BACK -> List.of(PUBLISH, CONNECT);
            case SYNC_PUBLISHED_ANEW, SYNC_OTHER_LIBRARY, SYNC_TWO_LIBRARIES -> List.of(CONNECT);
            case SYNC_ENCRYPTED,
                    SYNC_WOULD_BE_PLAIN,
                    SYNC_PASSPHRASE_NEEDED,
                    SYNC_PASSPHRASE_SHORT,
                    SYNC_WRONG_PASSPHRASE,
                    SYNC_WRONG_RECOVERY_CODE,
                    SYNC_KEY_DAMAGED,
                    SYNC_KEYS_PUT_BACK,
                    SYNC_KEYS_UNTRIED,
                    SYNC_PASSPHRASE_CHANGED,
                    SYNC_NEW_KEY -> List.of(PASSPHRASE);
            default -> StorageSetting.of(trouble).isPresent() ? List.of(SETTINGS) : List.of();
        };
    }
}
