package dev.tidemark.engine.internal.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.tidemark.engine.internal.keys.Identity;
import dev.tidemark.engine.internal.keys.KeyRing;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final String NAME =
            "v1/log/0123456789abcdef/000000000001-000000000002-ffeeddccbbaa99887766554433221100-00112233445566778899aabbccddeeff.seg";
    private static final LibraryBinding PLACE = new LibraryBinding(new UUID(5, 7), 3, Set.of());

    private final Identity identity = Identity.random(Instant.parse("2026-11-21T14:00:00Z"));
    private final Sealer sealer = new Sealer(identity);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 65_300, 65_535, 65_536, 65_537, 131_072, 200_000})
    void lengthsAreKnownWithoutTheKey(int length) {
        byte[] content = new byte[length];
        byte[] sealed = sealer.seal(PLACE, NAME, content);
        assertThat(sealed).hasSize(Math.toIntExact(Sealer.sealedSize(NAME, length)));
        assertThat(Sealer.plainSize(NAME, sealed.length)).isEqualTo(length);
        assertThat(sealer.open(PLACE, NAME, sealed)).isEqualTo(content);
    }

    @Test
    void everyPlainLengthHasOneSealedLengthAndBack() {
        for (long plain = 0; plain < 200_000; plain++) {
            assertThat(AgeFile.plainSize(AgeFile.sealedSize(plain))).isEqualTo(plain);
        }
    }

    @Test
    void namesShowRangesAndNoHash() {
        String hidden = sealer.encryptName(NAME);
        assertThat(hidden)
                .startsWith("v1/log/0123456789abcdef/000000000001-000000000002-")
                .endsWith(".seg." + identity.tag() + ".age")
                .doesNotContain("00112233445566778899aabbccddeeff")
                .isEqualTo(sealer.encryptName(NAME));
        EncryptedNames.ParsedName parsed = EncryptedNames.parse(hidden).orElseThrow();
        assertThat(sealer.decryptName(parsed.body())).isEqualTo(NAME);
        String blob = "v1/blobs/" + "0123456789abcdef".repeat(4);
        assertThat(sealer.decryptName(EncryptedNames.parse(sealer.encryptName(blob))
                        .orElseThrow()
                        .body()))
                .isEqualTo(blob);
        Sealer other = new Sealer(Identity.random(Instant.EPOCH));
        assertThat(other.decryptName(parsed.body())).isNotEqualTo(NAME);
    }

    @Test
    void aLineOfTextAndTheContentIsAllThereIs() throws Exception {
        byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
        byte[] plain = AgeFile.decrypt(
                sealer.seal(PLACE, NAME, content),
                List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity.secretText())));
        assertThat(new String(plain, StandardCharsets.US_ASCII))
                .matches("TIDEMARK 1 00000000000000050000000000000007 00000003 " + NAME + " [0-9a-f]{64}\ncontent");
    }

    @Test
    void whoKnowsTheRecipientCannotWriteForTheLibrary() throws Exception {
        Sealer eves = new Sealer(Identity.random(Instant.EPOCH));
        byte[] hers = AgeFile.decrypt(
                sealer.seal(PLACE, NAME, new byte[] {1}),
                List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity.secretText())));
        hers[hers.length - 1] = 2;
        byte[] planted = AgeFile.encrypt(
                hers, X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(identity.recipient()));
        assertRefused(Problem.FILE_NOT_AUTHENTIC, NAME, planted);
        assertRefused(Problem.FILE_NOT_DECRYPTED, NAME, eves.seal(PLACE, NAME, new byte[] {1}));
    }

    private void assertRefused(Problem reason, String name, byte[] sealed) {
        assertThatThrownBy(() -> sealer.open(PLACE, name, sealed))
                .isInstanceOfSatisfying(
                        DamagedFileException.class,
                        damage -> assertThat(damage.reason()).isEqualTo(reason));
    }

    @Test
    void aFileOfAnotherNameOrLibraryIsRefused() {
        byte[] sealed = sealer.seal(PLACE, NAME, new byte[] {1});
        assertRefused(Problem.FILE_NOT_AUTHENTIC, NAME.replace("0002-", "0003-"), sealed);
        LibraryBinding other = new LibraryBinding(new UUID(8, 9), 1, Set.of());
        assertRefused(Problem.FILE_OTHER_LIBRARY, NAME, sealer.seal(other, NAME, new byte[] {1}));
        LibraryBinding both = new LibraryBinding(PLACE.library(), 3, Set.of(other.library()));
        assertThat(sealer.open(both, NAME, sealer.seal(other, NAME, new byte[] {1})))
                .containsExactly(1);
        assertThat(sealer.open(null, NAME, sealer.seal(other, NAME, new byte[] {1})))
                .containsExactly(1);
    }

    @Test
    void aLaterVersionIsToldFromADamagedFile() throws Exception {
        byte[] later = AgeFile.encrypt(
                "TIDEMARK 2 whatever\n".getBytes(StandardCharsets.US_ASCII),
                X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(identity.recipient()));
        assertThatThrownBy(() -> sealer.open(PLACE, NAME, later)).isInstanceOf(NewerFormatException.class);
    }

    @Test
    void filesThatAskForTooMuchWorkAreRefusedAtOnce() {
        byte[] passphrase = {'a'};
        byte[] sealed = AgeFile.encrypt(new byte[] {1}, ScryptStanza.writer(passphrase, 1));
        String header = new String(sealed, StandardCharsets.ISO_8859_1);
        for (String work : List.of("19", "20", "30", "99", "0", "-1", "022", "x")) {
            byte[] asking = header.replaceFirst("(-> scrypt [^ ]+) 1\n", "$1 " + work + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> AgeFile.decrypt(asking, List.of(ScryptStanza.reader(passphrase))))
                    .as(work)
                    .isInstanceOf(GeneralSecurityException.class)
                    .isNotInstanceOf(ScryptStanza.WrongPassphraseException.class);
        }
        assertThatThrownBy(() -> AgeFile.decrypt(sealed, List.of(ScryptStanza.reader(new byte[] {'b'}))))
                .isInstanceOf(ScryptStanza.WrongPassphraseException.class);
    }

    @Test
    void nothingSecretIsShown() {
        String secret = identity.secretText().toString();
        String recipient = identity.recipient().toString();
        try (KeyRing ring = KeyRing.of(List.of(identity))) {
            for (Object shown : List.of(identity, sealer, ring, KeyFiles.random(Instant.EPOCH))) {
                assertThat(shown.toString())
                        .doesNotContain(secret)
                        .doesNotContain(recipient)
                        .hasSizeLessThan(60);
            }
        }
        assertThatThrownBy(() -> Identity.parse(secret.replace('Q', 'P') + "X", Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AGE")
                .hasNoCause();
    }
}
