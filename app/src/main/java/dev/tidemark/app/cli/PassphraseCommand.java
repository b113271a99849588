package dev.tidemark.app.cli;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.remote.StoredEncryption;
import dev.tidemark.app.secrets.PassphrasePolicy;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.remote.RemoteKeys;
import dev.tidemark.engine.storage.RemoteStorage;
import picocli.CommandLine.Command;

/** Changes the passphrase, key or recovery code of an encrypted library. */
@Command(name = "passphrase")
final class PassphraseCommand extends Subcommand.Group {
    @Command(name = "change")
    void change() {
        withNewPassphrase(RemoteKeys::changePassphrase);
        done("passphrase.changed");
    }

    @Command(name = "new-key")
    void newKey() {
        withNewPassphrase((remote, keys, fresh) -> {
            try (RecoveryCode code = remote.rotateKey(keys, fresh, context().encryption()::unlocked)) {
                RecoveryCodePrinter.show(root(), code);
            }
        });
        done("passphrase.newKey");
    }

    private interface Change {
        void apply(RemoteKeys remote, LibraryKeys keys, char[] passphrase);
    }

    private void withNewPassphrase(Change change) {
        try (RemoteStorage storage = context().requireRemote().open()) {
            RemoteKeys remote = RemoteKeys.in(storage);
            LibraryKeys keys = keys(remote);
            char[] fresh = SecretInput.of(root().terminal()).readTwice(CliMessages.get("passphrase.new"));
            try {
                PassphrasePolicy.require(fresh);
                change.apply(remote, keys, fresh);
            } finally {
                Encryption.wipe(fresh);
            }
        }
    }

    @Command(name = "recovery-code")
    void recoveryCode() {
        try (RemoteStorage storage = context().requireRemote().open()) {
            RemoteKeys remote = RemoteKeys.in(storage);
            try (RecoveryCode code = remote.newRecoveryCode(keys(remote))) {
                RecoveryCodePrinter.show(root(), code);
            }
        }
    }

    /**
     * Returns the keys stored on this device. If there are none, returns the keys that the current passphrase unlocks.
     */
    private LibraryKeys keys(RemoteKeys remote) {
        StoredEncryption encryption = context().encryption();
        LibraryKeys stored = encryption.keys();
        if (stored != null) {
            return stored;
        }
        if (!remote.exist()) {
            throw new ProblemException("remote.plain");
        }
        char[] given = encryption.secret();
        char[] current =
                given == null ? SecretInput.of(root().terminal()).read(CliMessages.get("passphrase.present")) : given;
        try {
            LibraryKeys unlocked = remote.unlock(current);
            encryption.unlocked(unlocked);
            return unlocked;
        } finally {
            Encryption.wipe(current);
        }
    }

    private void done(String key) {
        if (!isJson()) {
            message(key);
        }
    }
}
