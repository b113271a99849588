package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.KeyName;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteObjectCache.Entry;
import dev.tidemark.engine.storage.ObjectMissingException;
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
 * The files that only somebody needs who is not a device of the library yet, and so cannot tell anybody that they are
 * damaged: the library file and the sealed keys. Every device keeps what was in them, looks at them once a day, when their
 * length is another, or when a person asks for a sync, and puts them again.
 * See {@code docs/decisions/0040-every-file-carries-a-hash.md}.
 */
final class BootstrapFiles {
    static final Duration CHECK_INTERVAL = Duration.ofDays(1);

    /** So many sealed keys are kept, of 16 KiB at most; a library has two for each change of its key or passphrase. */
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

    /** Checks the files that are due. A file that is not listed is forgotten, not put: a changed passphrase removes one. */
    void verifyAndRepair(AgreedLibrary library) {
        Map<String, Long> there = new HashMap<>();
        RemoteListing listing = library.listing();
        if (listing.libraries().contains(library.name())) {
            there.put(library.name().toString(), listing.sizeOf(library.name()));
        }
        listing.keys().forEach((name, size) -> {
            if (gate.holds(name)) {
                there.put(name.toString(), size);
            }
        });
        Map<String, Entry> known = cache.all(RemoteNames.LIBRARIES, KeyName.FOLDER);
        List<String> gone = new ArrayList<>(known.keySet());
        gone.removeAll(there.keySet());
        cache.forget(gone);
        bounded(there, known.keySet()).forEach((name, size) -> {
            Entry kept = known.get(name);
            if (kept == null ? !fileErrors.has(name) : isDue(kept, size)) {
                verify(name, size, kept);
            }
        });
        fileErrors.markBootstrapVerified();
    }

    /** Of very many keys those that are kept already, and then any: anybody can put one under an identity that is in use. */
    private static Map<String, Long> bounded(Map<String, Long> there, Set<String> known) {
        Map<String, Long> bounded = new LinkedHashMap<>(there);
        there.keySet().stream()
                .filter(name -> KeyName.parse(name).isPresent())
                .sorted(Comparator.<String, Boolean>comparing(name -> !known.contains(name))
                        .thenComparing(Comparator.naturalOrder()))
                .skip(MAX_KEYS)
                .forEach(bounded::remove);
        return bounded;
    }

    private boolean isDue(Entry kept, long size) {
        boolean isFresh = kept.checked().plus(CHECK_INTERVAL).isAfter(now)
                && !kept.checked().isAfter(now);
        return size != kept.content().length || !isFresh || fileErrors.isBootstrapDoubted();
    }

    private void verify(String name, long size, @Nullable Entry kept) {
        long most = KeyName.parse(name).isPresent() ? KeyFiles.MAX_BYTES : JsonFile.MAX_BYTES;
        try {
            byte[] found = files.read(name, size, most, content -> check(name, content));
            if (found != null) {
                cache.remember(name, found, now, false);
            } else if (kept != null && fileErrors.isDamaged(name)) {
                storage.put(name, kept.content());
                cache.remember(name, kept.content(), now, false);
                fileErrors.remove(name);
            }
        } catch (ObjectMissingException e) {
            // Removed since it was listed, as when the passphrase is changed: the next listing shows it.
            cache.forget(List.of(name));
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
