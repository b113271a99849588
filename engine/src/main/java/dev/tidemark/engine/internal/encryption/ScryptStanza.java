package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Encrypts and decrypts file keys with a passphrase, as the scrypt recipient of age-encryption.org/v1. It must be the
 * only recipient of its file.
 */
final class ScryptStanza {
    /**
     * The highest work factor that a key file may have. It costs 256 MiB and half a second. Files with a higher one are
     * rejected, because an attacker may have written them.
     */
    static final int MAX_WORK = Encryption.PASSPHRASE_WORK;

    private static final String TYPE = "scrypt";
    private static final String LABEL = "age-encryption.org/v1/scrypt";
    private static final Pattern WORK_FACTOR = Pattern.compile("[1-9][0-9]?");
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int FILE_KEY_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int BLOCK_SIZE = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScryptStanza() {}

    /** Signals that the passphrase does not open the file. */
    static final class WrongPassphraseException extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;

        WrongPassphraseException(Throwable cause) {
            super("The passphrase does not open the file", cause);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // The record is never compared.
    private record Stanza(List<String> arguments, byte[] body) implements RecipientStanza {
        @Override
        public String getType() {
            return TYPE;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }

    /**
     * @param passphrase the passphrase in UTF-8, which the caller wipes
     */
    static RecipientStanzaWriter writer(byte[] passphrase, int workFactor) {
        return fileKey -> {
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            byte[] body = crypt(Cipher.ENCRYPT_MODE, passphrase, salt, workFactor, fileKey.getEncoded());
            String encodedSalt = CanonicalBase64.getEncoder().encodeToString(salt);
            return List.of(new Stanza(List.of(encodedSalt, Integer.toString(workFactor)), body));
        };
    }

    /**
     * @param passphrase the passphrase in UTF-8, which the caller wipes
     */
    static RecipientStanzaReader reader(byte[] passphrase) {
        return stanzas -> fileKey(passphrase, stanzas);
    }

    private static FileKey fileKey(byte[] passphrase, Iterable<RecipientStanza> stanzas)
            throws GeneralSecurityException {
        RecipientStanza only = null;
        for (RecipientStanza stanza : stanzas) {
            if (only != null || !stanza.getType().equals(TYPE)) {
                throw new GeneralSecurityException("The file is not sealed with a passphrase alone");
            }
            only = stanza;
        }
        if (only == null
                || only.getArguments().size() != 2
                || !WORK_FACTOR.matcher(only.getArguments().get(1)).matches()
                || only.getBody().length != FILE_KEY_BYTES + TAG_BYTES) {
            throw new GeneralSecurityException("The file is not sealed with a passphrase in the form of age");
        }
        int workFactor = Integer.parseInt(only.getArguments().get(1));
        byte[] salt = CanonicalBase64.getDecoder()
                .decode(only.getArguments().getFirst().getBytes(StandardCharsets.US_ASCII));
        if (workFactor > MAX_WORK || salt.length != SALT_BYTES) {
            throw new GeneralSecurityException("The file asks for more work than any of ours");
        }
        try {
            return new FileKey(crypt(Cipher.DECRYPT_MODE, passphrase, salt, workFactor, only.getBody()));
        } catch (AEADBadTagException e) {
            throw new WrongPassphraseException(e);
        }
    }

    private static byte[] crypt(int mode, byte[] passphrase, byte[] salt, int workFactor, byte[] text)
            throws GeneralSecurityException {
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = ByteBuffer.allocate(label.length + salt.length)
                .put(label)
                .put(salt)
                .array();
        byte[] key = scrypt(passphrase, labelled, workFactor);
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            // A zero nonce is safe because the salt is random, so each key is used only once.
            cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
            return cipher.doFinal(text);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** @throws SyncException if there is not enough memory */
    private static byte[] scrypt(byte[] passphrase, byte[] salt, int workFactor) {
        long bytes = (128L * BLOCK_SIZE) << workFactor;
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw new SyncException(Problem.SYNC_KEY_MEMORY, bytes >> 20);
        }
        try {
            return SCrypt.generate(passphrase, salt, 1 << workFactor, BLOCK_SIZE, 1, KEY_BYTES);
        } catch (OutOfMemoryError e) {
            // Other threads may have used the memory since the check above. The failed allocation left nothing to clean
            // up.
            throw new SyncException(e, Problem.SYNC_KEY_MEMORY, bytes >> 20);
        }
    }
}
