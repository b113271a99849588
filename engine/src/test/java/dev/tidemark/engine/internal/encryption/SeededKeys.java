package dev.tidemark.engine.internal.encryption;

import com.exceptionfactory.jagged.bech32.Bech32;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.keys.Identity;
import dev.tidemark.engine.internal.keys.KeyRing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Keys from a seed, so that file names and thus a simulation are repeatable. */
public final class SeededKeys {
    private SeededKeys() {}

    /** One key. */
    public static LibraryKeys of(Random random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String text =
                Bech32.getEncoder().encode("AGE-SECRET-KEY-", secret).toString().toUpperCase(Locale.ROOT);
        try (Identity identity = Identity.parse(text, Instant.ofEpochSecond(1_800_000_000));
                KeyRing ring = KeyRing.of(List.of(identity))) {
            return LibraryKeys.parse(ring.write());
        }
    }
}
