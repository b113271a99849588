package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteObjectCache.Entry;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies and repairs the library file and the encrypted keys. Only new devices read these files, and a device that
 * cannot read them has no record in which to report them. Therefore every device caches them. It compares its cache
 * with the storage once a day, when a length differs, and when the user requests a sync. The device then uploads
 * damaged files again. See {@code docs/decisions/0040-every-file-carries-a-hash.md}.
 */
final class BootstrapFiles {
    static final Duration CHECK_INTERVAL = Duration.ofDays(1);

    /**
     * The maximal number of cached key files, of at most 16 KiB each. A library has two of them for each of its keys.
     */
    static final int MAX_KEYS = 64;

    private final RemoteStorage storage;
    private final RemoteFiles files;
    private final EncryptionGate gate;
    private final RemoteObjectCache cache;
    private final FileErrorRegistry fileErrors;
    private final Instant now;

    BootstrapFiles(SyncContext context) {
        this.storage = context.maintenance();
        this.files = context.files();
        this.gate = context.gate();
        this.cache = context.remoteState().objects();
        this.fileErrors = context.fileErrors();
        this.now = context.now();
    }

    /**
     * Checks the files that are due. Drops files from the cache that are no longer listed, because a change of the
     * passphrase removes key files.
     */
    void verifyAndRepair(AgreedLibrary library) {
        Map<String, Long> listed = new HashMap<>();
        RemoteListing listing = library.listing();
        if (listing.libraries().contains(library.name())) {
            listed.put(library.name().toString(), listing.sizeOf(library.name()));
        }
        listing.keys().forEach((name, size) -> {
            if (gate.hasKey(name)) {
                listed.put(name.toString(), size);
            }
        });
        Map<String, Entry> known = cache.all(RemoteNames.LIBRARIES, KeyName.FOLDER);
        List<String> missing = new ArrayList<>(known.keySet());
        missing.removeAll(listed.keySet());
        cache.remove(missing);
        bounded(listed, known.keySet()).forEach((name, size) -> {
            Entry cached = known.get(name);
            if (cached == null ? !fileErrors.has(name) : isDue(cached, size)) {
                verify(name, size, cached);
            }
        });
        fileErrors.markBootstrapVerified();
    }

    /** Limits the number of key files, because anyone with write access can add some. Prefers the cached ones. */
    private static Map<String, Long> bounded(Map<String, Long> listed, Set<String> known) {
        Map<String, Long> bounded = new LinkedHashMap<>(listed);
        listed.keySet().stream()
                .filter(name -> KeyName.parse(name).isPresent())
                .sorted(Comparator.<String, Boolean>comparing(name -> !known.contains(name))
                        .thenComparing(Comparator.naturalOrder()))
                .skip(MAX_KEYS)
                .forEach(bounded::remove);
        return bounded;
    }

    private boolean isDue(Entry cached, long size) {
        boolean isFresh = cached.checked().plus(CHECK_INTERVAL).isAfter(now)
                && !cached.checked().isAfter(now);
        return size != cached.content().length || !isFresh || fileErrors.isBootstrapDoubted();
    }

    private void verify(String name, long size, @Nullable Entry cached) {
        long maxSize = KeyName.parse(name).isPresent() ? KeyFiles.MAX_BYTES : JsonFile.MAX_BYTES;
        try {
            byte[] found = files.read(name, size, maxSize, content -> check(name, content));
            if (found != null) {
                cache.put(name, found, now, false);
            } else if (cached != null && fileErrors.isDamaged(name)) {
                storage.put(name, cached.content());
                cache.put(name, cached.content(), now, false);
                fileErrors.remove(name);
            }
        } catch (StorageException.ObjectMissingException e) {
            // The file was removed after it was listed, for example by a change of the passphrase.
            cache.remove(List.of(name));
        }
    }

    private static byte[] check(String name, byte[] content) {
        KeyName key = KeyName.parse(name).orElse(null);
        if (key == null) {
            LibraryFile.read(LibraryName.parse(name).orElseThrow(), content);
        } else if (!key.isOf(content)) {
            throw new DamagedFileException(name, Problem.FILE_CHECKSUM);
        }
        return content;
    }
}
