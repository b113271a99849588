package dev.tidemark.app.context;

import dev.tidemark.app.autostart.Autostart;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.preferences.SyncSetup;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.remote.RemoteStorageFactory;
import dev.tidemark.app.secrets.MemorySecretStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretPlace;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.encryption.RemoteKeys;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reads and changes the sync settings of a profile for its window. Thread-safe. */
public final class ProfileSyncSetup implements SyncSetup {
    private final AppContext context;

    public ProfileSyncSetup(AppContext context) {
        this.context = context;
    }

    @Override
    public Settings save(UnaryOperator<Settings> change, Map<Secret, char[]> secrets) {
        try {
            Settings changed = context.settings().change(change);
            secrets.forEach(context.secrets()::putWherePossible);
            if (!secrets.isEmpty()) {
                context.secretsChanged();
            }
            context.apply(changed);
            return changed;
        } finally {
            secrets.values().forEach(Encryption::wipe);
        }
    }

    @Override
    public boolean isSet(Secret secret) {
        return context.secrets().isSet(secret);
    }

    @Override
    public SecretPlace place(Secret secret) {
        return context.secrets().place(secret);
    }

    @Override
    public boolean unlock(char[] secret) {
        try {
            try (RemoteStorage storage = context.requireRemote().open()) {
                RemoteKeys remote = RemoteKeys.in(storage);
                if (!remote.exist()) {
                    return false;
                }
                requireDifferentSecret(remote, secret);
            }
            enter(secret);
            return true;
        } finally {
            Encryption.wipe(secret);
        }
    }

    /** Rejects a secret that unlocks no new key, if sync is already encrypted: it cannot help. */
    private void requireDifferentSecret(RemoteKeys remote, char[] secret) {
        boolean isOn = RemoteConfig.isEncrypted(context.settings().read(), context.secrets());
        LibraryKeys kept = context.encryption().keys();
        try (LibraryKeys opened = remote.unlock(secret)) {
            if (isOn && kept != null && kept.identities().containsAll(opened.identities())) {
                throw new ProblemException("remote.nothingNew");
            }
        }
    }

    @Override
    public void createLibrary(char[] passphrase) {
        try {
            enter(passphrase);
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    /** Turns encryption on and passes the secret to the sync, which stores the keys that it unlocks. */
    private void enter(char[] secret) {
        Settings changed = context.settings().change(present -> present.with(Setting.SYNC_ENCRYPTION, "age"));
        context.secrets().enter(Secret.PASSPHRASE, secret);
        context.secretsChanged();
        context.apply(changed);
    }

    @Override
    public RemoteStorage openForTest(StorageUrl url, Settings draft, String secretKey) {
        if (secretKey.isEmpty()) {
            return RemoteStorageFactory.openForTest(url, draft, context.secrets());
        }
        MemorySecretStore typed = new MemorySecretStore();
        typed.put(Secret.S3_SECRET_KEY, secretKey.toCharArray());
        return RemoteStorageFactory.openForTest(url, draft, new Secrets(typed, Map.of()));
    }

    @Override
    public void changePassphrase(char[] passphrase) {
        try {
            this.<Boolean>withKeys((remote, keys) -> {
                remote.changePassphrase(keys, passphrase);
                return true;
            });
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    @Override
    public RecoveryCode newRecoveryCode() {
        return notifySync(withKeys(RemoteKeys::newRecoveryCode));
    }

    @Override
    public RecoveryCode newKeyForLaterFiles(char[] passphrase) {
        try {
            return notifySync(
                    withKeys((remote, keys) -> remote.rotateKey(keys, passphrase, context.encryption()::unlocked)));
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    /** Makes the next sync read the new key and check whether one recovery code opens all files. */
    private RecoveryCode notifySync(RecoveryCode code) {
        context.secretsChanged();
        context.apply(context.settings().read());
        return code;
    }

    @Override
    public Optional<Autostart> autostart() {
        return Autostart.ofSystem(context.folders());
    }

    private <T> T withKeys(BiFunction<RemoteKeys, LibraryKeys, T> work) {
        LibraryKeys keys = context.encryption().keys();
        if (keys == null) {
            throw new ProblemException("remote.locked");
        }
        try (RemoteStorage storage = context.requireRemote().open()) {
            return work.apply(RemoteKeys.in(storage), keys);
        }
    }
}
