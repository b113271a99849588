package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and opens files with one identity. Inside, before the content, stands a line of text that names the library, the
 * epoch and the file, and authenticates them together with the content: age itself does not tell who wrote a file.
 * Thread-safe.
 */
final class Sealer {
    private static final String KEYWORD = "TIDEMARK";
    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int AUTHENTICATOR_DIGITS = 64;
    private static final int LINE_BYTES_BESIDE_NAME =
            KEYWORD.length() + " 1 ".length() + 32 + 1 + 8 + 1 + 1 + AUTHENTICATOR_DIGITS + 1;
    private static final int MOST_LINE_BYTES = 4096;
    private static final Pattern LINE =
            Pattern.compile("(TIDEMARK ([1-9][0-9]{0,3}) ([0-9a-f]{32}) ([0-9]{8}) ([^ ]+)) ([0-9a-f]{64})");
    private static final Pattern NEWER_LINE = Pattern.compile("TIDEMARK ([1-9][0-9]{0,3}) .*");

    private final String id;
    private final String tag;
    private final Instant created;
    private final byte[] authenticatorKey;
    private final byte[] nameKey;
    private final RecipientStanzaWriter writer;
    private final RecipientStanzaReader reader;

    Sealer(Identity identity) {
        this.id = identity.id();
        this.tag = identity.tag();
        this.created = identity.created();
        this.authenticatorKey = identity.derive("tidemark/v1/authenticator", KEY_BYTES);
        this.nameKey = identity.derive("tidemark/v1/names", KEY_BYTES);
        try {
            this.writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(identity.recipient());
            this.reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity.secretText());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has X25519", e);
        }
    }

    String id() {
        return id;
    }

    String tag() {
        return tag;
    }

    Instant created() {
        return created;
    }

    /** What a file of this name and length becomes. */
    static long sealedSize(String name, long size) {
        return AgeFile.sealedSize(size + LINE_BYTES_BESIDE_NAME + name.length());
    }

    /** What a sealed file of this name and length was before; 0 if it cannot have been one. */
    static long plainSize(String name, long size) {
        return Math.max(0, AgeFile.plainSize(size) - LINE_BYTES_BESIDE_NAME - name.length());
    }

    byte[] seal(Place place, String name, byte[] content) {
        String said = KEYWORD + " " + VERSION + " " + place.libraryText() + " " + place.epochText() + " " + name;
        byte[] line = (said + " " + authenticator(said, content, 0) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] plain = Arrays.copyOf(line, line.length + content.length);
        System.arraycopy(content, 0, plain, line.length, content.length);
        return AgeFile.encrypt(plain, writer);
    }

    /**
     * @param place whose files are taken; null if their content is checked for that
     * @throws DamagedFileException if it is not the file of that name, as a device with this identity wrote it
     */
    byte[] open(@Nullable Place place, String name, byte[] sealed) {
        byte[] plain;
        try {
            plain = AgeFile.decrypt(sealed, List.of(reader));
        } catch (GeneralSecurityException e) {
            throw new DamagedFileException(name, Problem.FILE_NOT_DECRYPTED, e);
        }
        int end = 0;
        while (end < Math.min(plain.length, MOST_LINE_BYTES) && plain[end] != '\n') {
            end++;
        }
        String line = new String(plain, 0, end, StandardCharsets.US_ASCII);
        Matcher newer = NEWER_LINE.matcher(line);
        if (newer.matches() && Integer.parseInt(newer.group(1)) > VERSION) {
            throw new NewerFormatException(name, Integer.parseInt(newer.group(1)));
        }
        Matcher matcher = LINE.matcher(line);
        if (end == plain.length || !matcher.matches() || !matcher.group(5).equals(name)) {
            throw new DamagedFileException(name, Problem.FILE_NOT_AUTHENTIC);
        }
        byte[] expected = authenticator(matcher.group(1), plain, end + 1).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, matcher.group(6).getBytes(StandardCharsets.US_ASCII))) {
            throw new DamagedFileException(name, Problem.FILE_NOT_AUTHENTIC);
        }
        if (place != null && !place.accepts(matcher.group(3))) {
            throw new DamagedFileException(name, Problem.FILE_OTHER_LIBRARY);
        }
        return Arrays.copyOfRange(plain, end + 1, plain.length);
    }

    private String authenticator(String said, byte[] content, int from) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(authenticatorKey, "HmacSHA256"));
            mac.update((said + "\n").getBytes(StandardCharsets.US_ASCII));
            mac.update(content, from, content.length - from);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC", e);
        }
    }

    /** The name of a file in the storage. */
    String hide(String name) {
        return SealedNames.write(SealedNames.exchange(name, hash -> crypt(Cipher.ENCRYPT_MODE, hash)), tag);
    }

    /** The name of a file, from what stands before the tag in the storage. */
    String show(String body) {
        return SealedNames.exchange(body, hash -> crypt(Cipher.DECRYPT_MODE, hash));
    }

    /**
     * A hash of 16 or 32 bytes as another one of the same length, and back: AES in CBC mode without padding. The beginning
     * of a hash is never the same for two contents, so it needs no other initial value than zero.
     */
    private String crypt(int mode, String hash) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(nameKey, "AES"), new IvParameterSpec(new byte[16]));
            return HexFormat.of().formatHex(cipher.doFinal(HexFormat.of().parseHex(hash)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES", e);
        }
    }

    @Override
    public String toString() {
        return "Sealer[" + tag + "]";
    }
}
