package dev.tidemark.app.sync;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.StorageProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways to fix a sync that needs attention. */
public enum SyncRemedy {
    PUBLISH,
    CONNECT,
    PASSPHRASE,
    SETTINGS;

    /**
     * Returns the remedies for an error, with the recommended remedy first; empty for {@code null} and for an error
     * without remedies.
     */
    static List<SyncRemedy> forError(@Nullable TidemarkException error) {
        if (error == null) {
            return List.of();
        }
        return switch (error.problem()) {
            case SYNC_EMPTIED -> List.of(PUBLISH);
            case SYNC_BLOCKED -> error.arguments().contains(Problem.FILE_LATER_EPOCH) ? List.of(PUBLISH) : List.of();
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
            default -> StorageProbe.Setting.of(error).isPresent() ? List.of(SETTINGS) : List.of();
        };
    }
}
