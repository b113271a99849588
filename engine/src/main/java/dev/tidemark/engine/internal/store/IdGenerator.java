package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes up what must not occur twice: ids of replicas and libraries, and nonces. From a cryptographic source, except in
 * simulations, which come out alike each time because their source is seeded. As thread-safe as its source.
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

    /** Never zero. */
    ReplicaId replica() {
        return new ReplicaId(1 + random.nextLong((1L << 62) - 1));
    }

    /** One of the ids that follow another closely. */
    ReplicaId replicaAfter(ReplicaId before, long within) {
        return new ReplicaId(before.value() + 1 + random.nextLong(within));
    }

    /** A version 4 UUID. */
    UUID library() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    long number() {
        return random.nextLong();
    }

    /** Sixteen hex digits. */
    public String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }
}
