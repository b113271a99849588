package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates ids of replicas and libraries, and nonces. The source is cryptographic, except in simulations, which use a
 * seeded source, so that the same simulation can run again. As thread-safe as its source.
 */
public final class IdGenerator {
    private static final int NONCE_BYTES = 8;
    private static final IdGenerator SECURE = new IdGenerator(new SecureRandom());

    private final RandomGenerator random;

    IdGenerator(RandomGenerator random) {
        this.random = random;
    }

    static IdGenerator secure() {
        return SECURE;
    }

    /** Returns a random replica id, never zero. */
    ReplicaId replica() {
        return new ReplicaId(1 + random.nextLong((1L << 62) - 1));
    }

    /** Returns a random id that is greater than another one by at most {@code within}. */
    ReplicaId replicaAfter(ReplicaId before, long within) {
        return new ReplicaId(before.value() + 1 + random.nextLong(within));
    }

    /** Returns a random UUID of version 4. */
    UUID library() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    long number() {
        return random.nextLong();
    }

    /** Returns sixteen random hex digits. */
    public String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }
}
