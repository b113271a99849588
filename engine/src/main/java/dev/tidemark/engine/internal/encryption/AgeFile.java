package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import dev.tidemark.engine.problem.TidemarkException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;

/** Encrypts and decrypts age files (age-encryption.org/v1), and computes their lengths. */
final class AgeFile {
    /** The lengths of the version line, the two lines of an X25519 stanza, the header MAC and the payload's nonce. */
    private static final int X25519_HEADER_BYTES = 22 + 54 + 44 + 48 + 16;

    private static final int CHUNK_BYTES = 64 << 10;
    private static final int TAG_BYTES = 16;

    private AgeFile() {}

    static byte[] encrypt(byte[] plain, RecipientStanzaWriter recipient) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream((int) Math.min(sealedSize(plain.length), 1 << 30));
        try (WritableByteChannel channel = encrypting(Channels.newChannel(sealed), recipient)) {
            LargeContent.write(channel, ByteBuffer.wrap(plain));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return sealed.toByteArray();
    }

    /**
     * @throws GeneralSecurityException if no reader opens the file, or if the file was modified or truncated
     * @throws TidemarkException if a reader throws one
     */
    static byte[] decrypt(byte[] sealed, List<RecipientStanzaReader> readers) throws GeneralSecurityException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(sealed.length);
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
        try (ReadableByteChannel channel = new StandardDecryptingChannelFactory()
                .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(sealed)), readers)) {
            while (channel.read(buffer) >= 0) {
                plain.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException e) {
            throw new GeneralSecurityException("The file is not whole", e);
        } catch (TidemarkException e) {
            throw e;
        } catch (RuntimeException e) {
            // Files in a storage may have any content. For some, the library throws unchecked exceptions.
            throw new GeneralSecurityException("The file is not one of age", e);
        }
        return plain.toByteArray();
    }

    /** Returns a channel that encrypts what is written to it. The file is complete once the channel is closed. */
    static WritableByteChannel encrypting(WritableByteChannel sealed, RecipientStanzaWriter recipient)
            throws IOException {
        try {
            return new StandardEncryptingChannelFactory().newEncryptingChannel(sealed, List.of(recipient));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has what age needs", e);
        }
    }

    /** Returns a channel with the decrypted content. Reading it fails at a modified or truncated chunk. */
    static ReadableByteChannel decrypting(ReadableByteChannel sealed, RecipientStanzaReader reader)
            throws GeneralSecurityException {
        try {
            return new StandardDecryptingChannelFactory().newDecryptingChannel(sealed, List.of(reader));
        } catch (IOException e) {
            throw new GeneralSecurityException("The file is not whole", e);
        } catch (RuntimeException e) {
            throw new GeneralSecurityException("The file is not one of age", e);
        }
    }

    /** Returns the length of a file in bytes after encryption to one X25519 recipient. */
    static long sealedSize(long plain) {
        long chunks = Math.max(1, (plain + CHUNK_BYTES - 1) / CHUNK_BYTES);
        return X25519_HEADER_BYTES + plain + chunks * TAG_BYTES;
    }

    /** Returns the length of a file in bytes before encryption; negative if no encrypted file is that short. */
    static long plainSize(long sealed) {
        long payload = sealed - X25519_HEADER_BYTES;
        long chunks = Math.max(1, (payload + CHUNK_BYTES + TAG_BYTES - 1) / (CHUNK_BYTES + TAG_BYTES));
        return payload - chunks * TAG_BYTES;
    }
}
