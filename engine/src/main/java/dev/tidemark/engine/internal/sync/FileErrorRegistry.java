package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the files of a storage that cannot be used. A sync downloads such a file again after ten syncs, or when its
 * size has changed, for example because a sync client replaced it. {@link Kind} lists the exceptions. Thread-safe.
 */
final class FileErrorRegistry {
    private static final int RETRY_AFTER_SYNCS = 10;
    private static final int SHORT_RETRY_AFTER_SYNCS = 5;

    /** The folders of files that other devices upload again when a device reports them as damaged. */
    private static final List<String> REPAIRABLE =
            List.of(SegmentName.FOLDER, RemoteNames.SNAPSHOTS, RemoteNames.RETIREMENTS, RemoteNames.DEVICES);

    /** Why a sync skips a file. */
    enum Kind {
        /**
         * The file does not verify, because it is damaged, too large, not encrypted, or encrypted with an unknown key.
         */
        QUARANTINED,
        /**
         * The file was listed, but is missing, because the listing lags or a device removes it. The next sync retries.
         */
        VANISHED,
        /** The storage cannot read this file, but reads others. This device retries after five syncs. */
        UNREADABLE,
        /**
         * This device has too little memory for the file. It does not report the file, because another upload would not
         * help.
         */
        NO_MEMORY,
        /** The file is intact, but this device must not apply it. Other devices may apply it. */
        REJECTED,
        /**
         * The file's replica exceeds the maximal number of replicas. The next sync retries, because another replica may
         * have been retired.
         */
        TOO_MANY_REPLICAS,
        /** A newer version of the program wrote the file. */
        NEWER,
        /** The file belongs to a later epoch of this library. {@link LaterEpochFiles} reports it. */
        LATER_EPOCH,
        /** The file belongs to a library that has not been merged with this one. */
        FOREIGN
    }

    private record RegisteredError(Kind kind, Problem reason, long size, int foundAt) {}

    private final Map<String, RegisteredError> files = new HashMap<>();
    private final Map<String, Integer> lastVerified = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private final Set<SegmentName> verified = ConcurrentHashMap.newKeySet();
    private int syncs;
    private int rewritten;
    private boolean bootstrapDoubted;

    /** Clears the error of a file that may have been rewritten with the same size, so that the next sync retries. */
    synchronized void changed(String name) {
        if (files.remove(name) != null) {
            rewritten++;
        }
    }

    /** Returns how often files with an error were rewritten. */
    synchronized int rewritten() {
        return rewritten;
    }

    /** Starts another sync with this listing, and drops the errors that are due for a retry. */
    synchronized void begin(Map<String, Long> sizes) {
        syncs++;
        unread.clear();
        lastVerified.values().removeIf(at -> syncs - at >= RETRY_AFTER_SYNCS);
        files.entrySet().removeIf(file -> {
            RegisteredError error = file.getValue();
            Long size = sizes.get(file.getKey());
            return size == null
                    || size != error.size
                    || error.kind == Kind.VANISHED
                    || error.kind == Kind.TOO_MANY_REPLICAS
                    || syncs - error.foundAt
                            >= (error.kind == Kind.UNREADABLE ? SHORT_RETRY_AFTER_SYNCS : RETRY_AFTER_SYNCS);
        });
    }

    synchronized void add(String name, long size, Kind kind, Problem reason) {
        files.put(name, new RegisteredError(kind, reason, size, syncs));
    }

    /** Marks a file that this sync does not read because there are too many files. Its content is unknown. */
    synchronized void markUnread(String name) {
        unread.add(name);
    }

    /** Whether this sync leaves the file unread. */
    synchronized boolean isUnread(String name) {
        return unread.contains(name);
    }

    /** Whether this sync leaves any file unread. */
    synchronized boolean hasUnread() {
        return !unread.isEmpty();
    }

    /**
     * Returns the segments that this process has verified. Compaction removes only files that one of these segments
     * covers.
     */
    Set<SegmentName> verified() {
        return verified;
    }

    /**
     * Drops all errors, and makes the next sync check the library file and key files. Called when the user requested a
     * sync, or when libraries were merged.
     */
    synchronized void reset() {
        files.clear();
        bootstrapDoubted = true;
    }

    /** Returns whether the next sync must check the library file and key files before their interval ends. */
    synchronized boolean isBootstrapDoubted() {
        return bootstrapDoubted;
    }

    /** Records that the library file and the key files were checked. */
    synchronized void markBootstrapVerified() {
        bootstrapDoubted = false;
    }

    synchronized boolean has(String name) {
        return files.containsKey(name);
    }

    synchronized boolean isVanished(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.VANISHED;
    }

    /** Whether the file does not verify or cannot be read. */
    synchronized boolean isUnverified(String name) {
        RegisteredError error = files.get(name);
        return error != null && (error.kind == Kind.QUARANTINED || error.kind == Kind.UNREADABLE);
    }

    /**
     * Returns whether the file does not verify. False if only this device cannot read the file, because it may be
     * intact.
     */
    synchronized boolean isDamaged(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.QUARANTINED;
    }

    /** Returns whether the bytes of the file do not match its name, so that neither another key nor a retry helps. */
    synchronized boolean isDamagedForGood(String name) {
        RegisteredError error = files.get(name);
        return error != null
                && error.kind == Kind.QUARANTINED
                && error.reason != Problem.FILE_KEY_UNKNOWN
                && error.reason != Problem.FILE_NOT_ENCRYPTED;
    }

    /** Returns whether the file's timestamp is too far ahead for this device to accept it. */
    synchronized boolean isFromFuture(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.reason == Problem.FILE_FROM_FUTURE;
    }

    /** Whether the file is intact, but this device must not apply it. */
    synchronized boolean isRejected(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.REJECTED;
    }

    /** Whether this device has too little memory to read the file, which may be intact. */
    synchronized boolean isTooLargeForMemory(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.NO_MEMORY;
    }

    /** Whether the file belongs to a later epoch of this library. */
    synchronized boolean isOfLaterEpoch(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.LATER_EPOCH;
    }

    /** Returns the segments that belong to a later epoch of this library. */
    synchronized List<SegmentName> segmentsOfLaterEpoch() {
        return files.entrySet().stream()
                .filter(file -> file.getValue().kind == Kind.LATER_EPOCH)
                .flatMap(file -> SegmentName.parse(file.getKey()).stream())
                .toList();
    }

    /** Whether the file belongs to another library. */
    synchronized boolean isForeign(String name) {
        RegisteredError error = files.get(name);
        return error != null && error.kind == Kind.FOREIGN;
    }

    /** Returns whether the storage has segments of a library that has not been merged with this one. */
    synchronized boolean hasForeignSegments() {
        return files.entrySet().stream()
                .anyMatch(file -> file.getKey().startsWith(SegmentName.FOLDER) && file.getValue().kind == Kind.FOREIGN);
    }

    /** Clears the error of a file. */
    synchronized void remove(String name) {
        files.remove(name);
    }

    synchronized boolean hasNewer() {
        return files.values().stream().anyMatch(error -> error.kind == Kind.NEWER);
    }

    /** Returns the files that this device reports to other devices, which can upload them again. Sorted by name. */
    synchronized List<String> damaged() {
        return files.entrySet().stream()
                .filter(file -> isForOthers(file.getKey(), file.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Returns whether to report the error to other devices. A snapshot is reported by the name of its manifest, even if
     * only a part is missing. A snapshot that drops rows is reported, too, because a new device has no rows to compare
     * it with, and relies on reports.
     */
    private static boolean isForOthers(String name, RegisteredError error) {
        return switch (error.kind) {
            case QUARANTINED, UNREADABLE -> REPAIRABLE.stream().anyMatch(name::startsWith);
            case VANISHED -> name.startsWith(RemoteNames.SNAPSHOTS);
            case REJECTED -> error.reason == Problem.FILE_DROPS_ROWS;
            case NO_MEMORY, TOO_MANY_REPLICAS, NEWER, LATER_EPOCH, FOREIGN -> false;
        };
    }

    /**
     * Records that this device verified a file. During the next ten syncs, reports of the file by other devices cause
     * no further read.
     */
    synchronized void markVerified(String name) {
        lastVerified.put(name, syncs);
    }

    /** Returns whether the file was verified so recently that reports by other devices cause no further read. */
    synchronized boolean wasVerified(String name) {
        return lastVerified.containsKey(name);
    }

    /** Returns the first file, by name, in this folder that may be intact but cannot be read now. */
    synchronized Optional<SyncReport.QuarantinedFile> temporarilyUnreadable(String folder) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder) && isTemporary(file.getValue()))
                .map(file -> new SyncReport.QuarantinedFile(file.getKey(), file.getValue().reason))
                .min(Comparator.comparing(SyncReport.QuarantinedFile::name));
    }

    private static boolean isTemporary(RegisteredError error) {
        return error.kind == Kind.UNREADABLE
                || error.kind == Kind.VANISHED
                || error.kind == Kind.NO_MEMORY
                || error.kind == Kind.LATER_EPOCH
                || error.reason == Problem.FILE_KEY_UNKNOWN;
    }

    /** Returns the files that the sync report lists for the user, sorted by name. */
    synchronized List<SyncReport.QuarantinedFile> quarantined() {
        List<SyncReport.QuarantinedFile> found = new ArrayList<>();
        files.forEach((name, error) -> {
            if (isReported(error)) {
                found.add(new SyncReport.QuarantinedFile(name, error.reason));
            }
        });
        found.sort(Comparator.comparing(SyncReport.QuarantinedFile::name));
        return found;
    }

    private static boolean isReported(RegisteredError error) {
        return error.kind != Kind.NEWER && error.kind != Kind.LATER_EPOCH && error.kind != Kind.FOREIGN;
    }
}
