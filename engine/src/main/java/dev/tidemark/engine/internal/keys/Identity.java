package dev.tidemark.engine.internal.keys;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A key pair of the age file format (X25519), from which further keys are derived. Its public part, the recipient, is
 * secret, too, because a party that knows it could write files that the identity opens. Immutable until closed.
 */
public final class Identity implements AutoCloseable {
    private static final String SECRET_PREFIX = "AGE-SECRET-KEY-";
    private static final String RECIPIENT_PREFIX = "age";
    private static final int BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int TAG_DIGITS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final Instant created;
    private final String id;

    private Identity(byte[] secret, Instant created) {
        this.secret = secret;
        this.created = created.truncatedTo(ChronoUnit.SECONDS);
        this.id = HexFormat.of().formatHex(derive("tidemark/v1/id", ID_BYTES));
    }

    public static Identity random(Instant created) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new Identity(secret, created);
    }

    /**
     * @throws IllegalArgumentException if the text is not an identity. The message does not contain the text.
     */
    public static Identity parse(CharSequence text, Instant created) {
        Bech32Address address;
        try {
            address = Bech32.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The cause is dropped, because its message may quote the secret text.
            throw noIdentity();
        }
        byte[] data = address.getData();
        if (data.length != BYTES || !address.getHumanReadablePart().toString().equalsIgnoreCase(SECRET_PREFIX)) {
            throw noIdentity();
        }
        return new Identity(data, created);
    }

    private static IllegalArgumentException noIdentity() {
        return new IllegalArgumentException("This is not an identity of age");
    }

    /** Returns the public id in hex, which reveals nothing about the secret. */
    public String id() {
        return id;
    }

    /** Returns the first digits of the id, which file names contain. */
    public String tag() {
        return id.substring(0, TAG_DIGITS);
    }

    public Instant created() {
        return created;
    }

    /** Returns the secret in age's form: {@code AGE-SECRET-KEY-1…}. */
    public CharSequence secretText() {
        return Bech32.getEncoder().encode(SECRET_PREFIX, secret).toString().toUpperCase(Locale.ROOT);
    }

    /** Returns the recipient to which files are encrypted: {@code age1…}. */
    public CharSequence recipient() {
        byte[] recipient = new byte[BYTES];
        X25519.scalarMultBase(secret, 0, recipient, 0);
        return Bech32.getEncoder().encode(RECIPIENT_PREFIX, recipient);
    }

    /**
     * Derives a key for one purpose, by HKDF-SHA256 of the 32 secret bytes without salt.
     *
     * @param length the length of the key in bytes
     */
    public byte[] derive(String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF", e);
        }
    }

    public Identity copy() {
        return new Identity(secret.clone(), created);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Identity[" + id + "]";
    }
}
