package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import java.util.List;

/** Checks for the optional libraries that encryption needs. A program that does not encrypt may omit them. */
public final class AgeLibrary {
    private static final List<String> NEEDED = List.of(
            "com.exceptionfactory.jagged.RecipientStanzaReader",
            "com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory",
            "com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory",
            "com.exceptionfactory.jagged.bech32.Bech32",
            "org.bouncycastle.crypto.generators.SCrypt");

    private AgeLibrary() {}

    /** @throws SyncException if a library is not on the class path */
    public static void require() {
        for (String name : NEEDED) {
            try {
                Class.forName(name, false, AgeLibrary.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new SyncException(e, Problem.SYNC_ENCRYPTION_MISSING);
            }
        }
    }
}
