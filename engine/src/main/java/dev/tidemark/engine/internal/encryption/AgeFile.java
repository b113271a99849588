package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import dev.tidemark.engine.TidemarkException;
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

/** Whole files of age-encryption.org/v1 in memory, and how long they are. */
final class AgeFile {
    /** Version line, one X25519 stanza, the header's authenticator; then the payload's nonce. */
    private static final int X25519_HEADER_BYTES = 22 + 54 + 44 + 48 + 16;

    private static final int CHUNK_BYTES = 64 << 10;
    private static final int TAG_BYTES = 16;

    private AgeFile() {}

    static byte[] encrypt(byte[] plain, RecipientStanzaWriter recipient) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream((int) Math.min(sealedSize(plain.length), 1 << 30));
        try (WritableByteChannel channel = new StandardEncryptingChannelFactory()
                .newEncryptingChannel(Channels.newChannel(sealed), List.of(recipient))) {
            ByteBuffer left = ByteBuffer.wrap(plain);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has what age needs", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return sealed.toByteArray();
    }

    /**
     * @throws GeneralSecurityException if none of the readers opens it, or it was changed or cut off
     * @throws TidemarkException what a reader says itself
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
            // What lies in a storage may be anything.
            throw new GeneralSecurityException("The file is not one of age", e);
        }
        return plain.toByteArray();
    }

    /** What is written there is encrypted into the file, which is whole once the channel was closed. */
    static WritableByteChannel encrypting(WritableByteChannel sealed, RecipientStanzaWriter recipient)
            throws IOException {
        try {
            return new StandardEncryptingChannelFactory().newEncryptingChannel(sealed, List.of(recipient));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has what age needs", e);
        }
    }

    /** What is in the file; reading fails where it was changed or cut off. */
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

    /** How long a file is once it is encrypted to one X25519 recipient. */
    static long sealedSize(long plain) {
        long chunks = Math.max(1, (plain + CHUNK_BYTES - 1) / CHUNK_BYTES);
        return X25519_HEADER_BYTES + plain + chunks * TAG_BYTES;
    }

    /** How long a file was before; negative if it never was as long. */
    static long plainSize(long sealed) {
        long payload = sealed - X25519_HEADER_BYTES;
        long chunks = Math.max(1, (payload + CHUNK_BYTES + TAG_BYTES - 1) / (CHUNK_BYTES + TAG_BYTES));
        return payload - chunks * TAG_BYTES;
    }
}
