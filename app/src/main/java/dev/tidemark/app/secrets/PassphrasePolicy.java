package dev.tidemark.app.secrets;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import java.util.Arrays;

/** Checks new passphrases. */
public final class PassphrasePolicy {
    public static final int SHORTEST = 8;

    private PassphrasePolicy() {}

    /** @throws SyncException if the passphrase is too short or is a recovery code */
    public static void require(char[] passphrase) {
        if (RecoveryCode.isRecoveryCode(passphrase)) {
            throw new SyncException(Problem.SYNC_CODE_AS_PASSPHRASE);
        }
        if (passphrase.length < SHORTEST) {
            throw new SyncException(Problem.SYNC_PASSPHRASE_SHORT, SHORTEST);
        }
    }

    /** @throws ProblemException if the two inputs differ */
    public static void requireSame(char[] passphrase, char[] repeated) {
        if (!Arrays.equals(passphrase, repeated)) {
            throw new ProblemException("secret.different");
        }
    }
}
