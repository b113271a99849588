package dev.tidemark.engine.internal.encryption;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.tidemark.engine.internal.keys.Identity;
import dev.tidemark.engine.internal.keys.KeyRing;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted files, their content and key files are opened or refused as damaged, whatever their bytes. */
class SealedFuzzTest {
    private static final String NAME =
            "v1/log/0123456789abcdef/000000000001-000000000002-ffeeddccbbaa99887766554433221100-00112233445566778899aabbccddeeff.seg";
    private static final LibraryBinding PLACE = new LibraryBinding(new UUID(5, 7), 3, Set.of());
    private static final Identity IDENTITY = Identity.random(Instant.EPOCH);
    private static final Sealer SEALER = new Sealer(IDENTITY);

    /** A file of age: header, stanzas, chunks. */
    @MethodSource("soundFiles")
    @FuzzTest
    void file(byte[] input) {
        open(input);
    }

    /** The line in front and the content, encrypted by somebody who knows the recipient. */
    @MethodSource("soundLines")
    @FuzzTest
    void line(byte[] input) {
        try {
            open(AgeFile.encrypt(
                    input, X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(IDENTITY.recipient())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The recipient is sound", e);
        }
    }

    private static void open(byte[] sealed) {
        try {
            SEALER.open(PLACE, NAME, sealed);
        } catch (DamagedFileException | NewerFormatException e) {
            // Sync sets the file aside by its name.
        }
    }

    /** A file that asks for a passphrase: its work factor is checked before any work. */
    @MethodSource("soundPassphrases")
    @FuzzTest
    void passphrase(byte[] input) {
        try {
            AgeFile.decrypt(input, List.of(ScryptStanza.reader(new byte[] {'a'})));
        } catch (GeneralSecurityException e) {
            // The caller tries the next file.
        }
    }

    @MethodSource("soundKeys")
    @FuzzTest
    void keys(byte[] input) {
        try {
            KeyRing.read(input).close();
        } catch (IllegalArgumentException e) {
            // The keychain holds something else.
        }
    }

    @MethodSource("soundNames")
    @FuzzTest
    void name(byte[] input) {
        String name = new String(input, StandardCharsets.UTF_8);
        EncryptedNames.parse(name).ifPresent(parsed -> SEALER.decryptName(parsed.body()));
    }

    static List<byte[]> soundFiles() {
        return List.of(SEALER.seal(PLACE, NAME, new byte[0]), SEALER.seal(PLACE, NAME, new byte[100]));
    }

    static List<byte[]> soundLines() throws GeneralSecurityException {
        return List.of(
                AgeFile.decrypt(
                        SEALER.seal(PLACE, NAME, new byte[] {1}),
                        List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(IDENTITY.secretText()))),
                "TIDEMARK 2 whatever\n".getBytes(StandardCharsets.US_ASCII));
    }

    static List<byte[]> soundPassphrases() {
        return List.of(AgeFile.encrypt(new byte[] {1}, ScryptStanza.writer(new byte[] {'a'}, 1)));
    }

    static List<byte[]> soundKeys() {
        try (KeyRing ring = KeyRing.of(List.of(IDENTITY))) {
            return List.of(ring.write());
        }
    }

    static List<byte[]> soundNames() {
        return List.of(SEALER.encryptName(NAME).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void mutationsOfFilesAreOpenedOrRefused() {
        Mutations.run(soundFiles(), this::file);
    }

    @Test
    void mutationsOfLinesAreOpenedOrRefused() throws GeneralSecurityException {
        Mutations.run(soundLines(), 5, this::line);
    }

    @Test
    void mutationsOfFilesWithAPassphraseAreOpenedOrRefused() {
        Mutations.run(soundPassphrases(), this::passphrase);
    }

    @Test
    void mutationsOfKeysAreReadOrRefused() {
        Mutations.run(soundKeys(), this::keys);
    }

    @Test
    void mutationsOfNamesAreReadOrRefused() {
        Mutations.run(soundNames(), this::name);
    }
}
