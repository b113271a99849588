package dev.tidemark.app.preferences;

import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/** Tries out a storage with a file of its own, under a name that nothing else uses. Thread-safe. */
final class FolderTest {
    private static final int BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What came of it.
     *
     * @param works whether the storage can be synced through
     * @param sentence one sentence that says so, or why not
     */
    record Outcome(boolean works, String sentence) {}

    private FolderTest() {}

    /**
     * Lists, writes, reads and deletes.
     *
     * @throws dev.tidemark.engine.storage.StorageException with a sentence, if one of these fails
     */
    static Outcome run(RemoteStorage storage) {
        byte[] content = new byte[BYTES];
        RANDOM.nextBytes(content);
        String name = "test/" + HexFormat.of().formatHex(content, 0, 12);
        long start = System.nanoTime();
        storage.list("", null);
        storage.put(name, content);
        boolean same;
        try {
            same = Arrays.equals(storage.get(name), content);
        } finally {
            storage.delete(name);
        }
        long millis = Math.max(1, Duration.ofNanos(System.nanoTime() - start).toMillis());
        return same
                ? new Outcome(true, Texts.text(Keys.SETTINGS_SYNC_TEST_GOOD, millis))
                : new Outcome(false, Texts.text(Keys.SETTINGS_SYNC_TEST_DIFFERS));
    }
}
