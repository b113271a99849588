package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Devices with their own key stores, and an encrypted storage. */
abstract class EncryptedRemoteFixture extends RemoteLibraryFixture {
    static final String PASSPHRASE = "correct horse battery staple";

    /** What a device's program keeps, and what its person types. */
    static final class Secrets implements Encryption {
        private @Nullable LibraryKeys kept;
        private @Nullable String typed;
        private final List<RecoveryCode> codes = new ArrayList<>();
        private int asked;
        private boolean isForgetful;
        private boolean isCodeWhole = true;

        Secrets(@Nullable String typed) {
            this.typed = typed;
        }

        @Override
        public @Nullable LibraryKeys keys() {
            return kept;
        }

        @Override
        public char @Nullable [] secret() {
            asked++;
            return typed == null ? null : typed.toCharArray();
        }

        @Override
        public void unlocked(LibraryKeys keys) {
            kept = keys;
        }

        @Override
        public void libraryCreated(RecoveryCode code) {
            codes.add(code);
        }

        /** As the program does: what is not kept cannot be taken. */
        @Override
        public void connected(boolean isWhole) {
            isCodeWhole = isWhole;
            if (isForgetful) {
                typed = null;
            }
        }

        Secrets forgetful() {
            isForgetful = true;
            return this;
        }

        boolean isCodeWhole() {
            return isCodeWhole;
        }

        LibraryKeys held() {
            if (kept == null) {
                throw new AssertionError("No keys were unlocked");
            }
            return kept;
        }

        void type(@Nullable String secret) {
            typed = secret;
        }

        /** As after a restart without a keychain. */
        void forgetKeys() {
            kept = null;
        }

        int asked() {
            return asked;
        }

        RecoveryCode code() {
            return codes.getLast();
        }

        int codes() {
            return codes.size();
        }
    }

    static Secrets passphrase() {
        return new Secrets(PASSPHRASE);
    }

    static void assertRefused(Problem problem, ThrowingCallable sync) {
        assertThatThrownBy(sync)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    static SyncReport sync(Database device, RemoteStorage remote, Encryption secrets) {
        return new RemoteSession(device, remote, "", InstantSource.system(), secrets, ScryptCost.MIN)
                .sync(SyncOptions.DEFAULT);
    }

    /** A new session, as of a program that was started again. */
    SyncReport sync(Database device, Encryption secrets) {
        return sync(device, storage, secrets);
    }

    KeyFiles keyFiles() {
        return KeyFiles.in(storage, ScryptCost.MIN);
    }

    static String text(RecoveryCode code) {
        return new String(code.toCharArray());
    }

    List<String> names(String folder) {
        return names().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** So much typing that the log outgrows what it leads to, and a snapshot is made. */
    static void typeALot(Database device) {
        Random random = new Random(37);
        UUID note = add(device, "typed");
        for (int edit = 0; edit < 40; edit++) {
            byte[] noise = new byte[48 << 10];
            random.nextBytes(noise);
            device.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", noise, note));
            device.write(tx -> tx.execute("UPDATE todo SET title = title || '.' WHERE id = ?", note));
        }
    }
}
