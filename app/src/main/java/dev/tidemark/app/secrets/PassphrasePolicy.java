package dev.tidemark.app.secrets;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.sync.SyncException;
import java.util.Arrays;

/** The rules for a new passphrase. */
public final class PassphrasePolicy {
    /** Shorter ones are not taken at all; in characters. */
    public static final int SHORTEST = 8;

    private PassphrasePolicy() {}

    /** @throws SyncException if it is too short, or a recovery code, which opens nothing as a passphrase */
    public static void require(char[] passphrase) {
        if (RecoveryCode.isRecoveryCode(passphrase)) {
            throw new SyncException(Problem.SYNC_CODE_AS_PASSPHRASE);
        }
        if (passphrase.length < SHORTEST) {
            throw new SyncException(Problem.SYNC_PASSPHRASE_SHORT, SHORTEST);
        }
    }

    /** @throws ProblemException if it was typed in another way the second time */
    public static void requireSame(char[] passphrase, char[] repeated) {
        if (!Arrays.equals(passphrase, repeated)) {
            throw new ProblemException("secret.different");
        }
    }
}
