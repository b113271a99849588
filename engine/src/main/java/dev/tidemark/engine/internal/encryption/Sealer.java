package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.keys.Identity;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.NewerFormatException;
import dev.tidemark.engine.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * Encrypts and decrypts files with one identity. The plaintext begins with a line that contains the library, the epoch,
 * the file's name, and an HMAC of these and the content. The HMAC is necessary because age does not authenticate the
 * writer (decision 22). Thread-safe.
 */
final class Sealer {
    private static final String KEYWORD = "TIDEMARK";
    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int AUTHENTICATOR_DIGITS = 64;
    private static final int LINE_BYTES_BESIDE_NAME =
            KEYWORD.length() + " 1 ".length() + 32 + 1 + 8 + 1 + 1 + AUTHENTICATOR_DIGITS + 1;
    private static final int MAX_LINE_BYTES = 4096;
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

    /** Returns the length in bytes that a file of this name and length has after encryption. */
    static long sealedSize(String name, long size) {
        // Long.MAX_VALUE means that there is no limit. Adding to it would overflow.
        return size >= Long.MAX_VALUE / 2 ? size : AgeFile.sealedSize(size + LINE_BYTES_BESIDE_NAME + name.length());
    }

    /** Returns the content length in bytes of an encrypted file of this name and size; 0 if the file is too short. */
    static long plainSize(String name, long size) {
        return Math.max(0, AgeFile.plainSize(size) - LINE_BYTES_BESIDE_NAME - name.length());
    }

    byte[] seal(LibraryBinding binding, String name, byte[] content) {
        String header = headerText(binding, name);
        Mac mac = authenticator(header);
        mac.update(content);
        byte[] line = line(header, mac);
        byte[] plain = Arrays.copyOf(line, line.length + content.length);
        System.arraycopy(content, 0, plain, line.length, content.length);
        return AgeFile.encrypt(plain, writer);
    }

    /** Encrypts a file as {@link #seal(LibraryBinding, String, byte[])} does, but through a small buffer. */
    void seal(LibraryBinding binding, String name, Path content, Path sealed) throws IOException {
        String header = headerText(binding, name);
        Mac mac = authenticator(header);
        try (InputStream bytes = Files.newInputStream(content)) {
            LargeContent.each(bytes, mac::update);
        }
        try (InputStream bytes = Files.newInputStream(content);
                FileChannel target = OwnerOnlyFiles.open(
                        sealed,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            try (WritableByteChannel channel = AgeFile.encrypting(LargeContent.nonClosing(target), writer)) {
                LargeContent.write(channel, ByteBuffer.wrap(line(header, mac)));
                LargeContent.each(
                        bytes,
                        (buffer, from, length) -> LargeContent.write(channel, ByteBuffer.wrap(buffer, from, length)));
            }
            target.force(true);
        }
    }

    private static String headerText(LibraryBinding binding, String name) {
        return KEYWORD + " " + VERSION + " " + binding.libraryText() + " " + binding.epochText() + " " + name;
    }

    private static byte[] line(String header, Mac mac) {
        String authenticator = HexFormat.of().formatHex(mac.doFinal());
        return (header + " " + authenticator + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param binding the library whose files are accepted; {@code null} if the caller checks the library id
     * @throws DamagedFileException unless a device with this identity wrote the file under this name
     */
    byte[] open(@Nullable LibraryBinding binding, String name, byte[] sealed) {
        byte[] plain;
        try {
            plain = AgeFile.decrypt(sealed, List.of(reader));
        } catch (GeneralSecurityException e) {
            throw new DamagedFileException(name, Problem.FILE_NOT_DECRYPTED, e);
        }
        int end = 0;
        while (end < Math.min(plain.length, MAX_LINE_BYTES) && plain[end] != '\n') {
            end++;
        }
        Matcher line = line(name, new String(plain, 0, end, StandardCharsets.US_ASCII), end < plain.length);
        Mac mac = authenticator(line.group(1));
        mac.update(plain, end + 1, plain.length - end - 1);
        check(binding, name, line, mac);
        return Arrays.copyOfRange(plain, end + 1, plain.length);
    }

    /**
     * Decrypts a file as {@link #open(LibraryBinding, String, byte[])} does, but through a small buffer.
     *
     * @param content the target file. If this method fails, its content must not be used.
     */
    void open(@Nullable LibraryBinding binding, String name, Path sealed, Path content) throws IOException {
        try (FileChannel source = FileChannel.open(sealed, StandardOpenOption.READ);
                OutputStream target = Channels.newOutputStream(OwnerOnlyFiles.open(
                        content,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
                ReadableByteChannel channel = AgeFile.decrypting(source, reader)) {
            OpenedContent opened = new OpenedContent(target, name);
            ByteBuffer buffer = ByteBuffer.allocate(LargeContent.BUFFER);
            while (LargeContent.read(channel, buffer, name) >= 0) {
                opened.add(buffer.array(), buffer.position());
                buffer.clear();
            }
            opened.end(binding);
        } catch (GeneralSecurityException e) {
            throw new DamagedFileException(name, Problem.FILE_NOT_DECRYPTED, e);
        }
    }

    /** Receives the plaintext of a file. The first line authenticates the content after it. */
    private final class OpenedContent {
        private final OutputStream target;
        private final String name;
        private final ByteArrayOutputStream start = new ByteArrayOutputStream();
        private @Nullable Matcher line;
        private @Nullable Mac mac;

        OpenedContent(OutputStream target, String name) {
            this.target = target;
            this.name = name;
        }

        void add(byte[] bytes, int length) throws IOException {
            int from = 0;
            Mac known = mac;
            while (known == null && from < length) {
                byte next = bytes[from++];
                boolean isEnd = next == '\n' || start.size() == MAX_LINE_BYTES;
                if (isEnd) {
                    line = line(name, start.toString(StandardCharsets.US_ASCII), next == '\n');
                    known = authenticator(line.group(1));
                    mac = known;
                } else {
                    start.write(next);
                }
            }
            if (known != null) {
                known.update(bytes, from, length - from);
                target.write(bytes, from, length - from);
            }
        }

        void end(@Nullable LibraryBinding binding) {
            if (line == null || mac == null) {
                throw new DamagedFileException(name, Problem.FILE_NOT_AUTHENTIC);
            }
            check(binding, name, line, mac);
        }
    }

    /** Parses the first line of a file, which must contain the file's name. */
    private static Matcher line(String name, String line, boolean isEnded) {
        Matcher newer = NEWER_LINE.matcher(line);
        if (newer.matches() && Integer.parseInt(newer.group(1)) > VERSION) {
            throw new NewerFormatException(name, Integer.parseInt(newer.group(1)));
        }
        Matcher matcher = LINE.matcher(line);
        if (!isEnded || !matcher.matches() || !matcher.group(5).equals(name)) {
            throw new DamagedFileException(name, Problem.FILE_NOT_AUTHENTIC);
        }
        return matcher;
    }

    private static void check(@Nullable LibraryBinding binding, String name, Matcher line, Mac mac) {
        byte[] expected = HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, line.group(6).getBytes(StandardCharsets.US_ASCII))) {
            throw new DamagedFileException(name, Problem.FILE_NOT_AUTHENTIC);
        }
        if (binding != null && !binding.accepts(line.group(3))) {
            throw new DamagedFileException(name, Problem.FILE_OTHER_LIBRARY);
        }
    }

    /** Returns a MAC that includes the header. The caller adds the content. */
    private Mac authenticator(String header) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(authenticatorKey, "HmacSHA256"));
            mac.update((header + "\n").getBytes(StandardCharsets.US_ASCII));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC", e);
        }
    }

    /** Returns the name that a file has in the storage. */
    String encryptName(String name) {
        return EncryptedNames.write(EncryptedNames.replaceHashes(name, hash -> crypt(Cipher.ENCRYPT_MODE, hash)), tag);
    }

    /** Returns the plain name, given the part of the encrypted name before the tag. */
    String decryptName(String body) {
        return EncryptedNames.replaceHashes(body, hash -> crypt(Cipher.DECRYPT_MODE, hash));
    }

    /**
     * Encrypts or decrypts a hash of 16 or 32 bytes with AES-CBC without padding, which keeps its length. A zero
     * initialisation vector is safe because different contents have hashes that differ in the first block.
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
