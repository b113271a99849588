package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.segment.SegmentName;
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
 * The files of a remote that could not be used, found by one sync and known to the next, so that a bad file is not
 * fetched again by each. It is tried again when its size has changed (a folder tool may not have been done with it) and
 * with every tenth sync. Thread-safe.
 */
final class FileErrorRegistry {
    private static final int RETRY_AFTER_SYNCS = 10;
    private static final int SHORT_RETRY_AFTER_SYNCS = 5;

    /** Where files lie that other devices put again when they hear that one is damaged. */
    private static final List<String> REPAIRABLE =
            List.of(SegmentName.FOLDER, RemoteNames.SNAPSHOTS, RemoteNames.RETIREMENTS, RemoteNames.DEVICES);

    /** Why a file is passed over. */
    enum Kind {
        /** It does not verify, or has gone. */
        QUARANTINED,
        /** It was listed, and is not there: the listing lags, or somebody removes it. Asked for again by the next sync. */
        VANISHED,
        /** The storage fails to give it, and gives others. Tried again after some syncs. */
        UNREADABLE,
        /** This device has too little memory to read it. Nobody puts it again, which would not help. */
        NO_MEMORY,
        /** It is whole, and must not be applied here. Other devices judge for themselves, and nobody removes it. */
        REJECTED,
        /** It is of one replica too many. Read again by the next sync, as one may have been retired. */
        TOO_MANY_REPLICAS,
        /** A newer version of the program wrote it. */
        NEWER,
        /** It belongs to a library that has not been joined with this one, or not yet. */
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

    /** Somebody may have written this file anew: it is tried again, though its size may be what it was. */
    synchronized void changed(String name) {
        if (files.remove(name) != null) {
            rewritten++;
        }
    }

    /** How often a bad file was written anew. */
    synchronized int rewritten() {
        return rewritten;
    }

    /** Begins another sync, over this listing. */
    synchronized void begin(Map<String, Long> sizes) {
        syncs++;
        unread.clear();
        lastVerified.values().removeIf(at -> syncs - at >= RETRY_AFTER_SYNCS);
        files.entrySet().removeIf(file -> {
            RegisteredError trouble = file.getValue();
            Long size = sizes.get(file.getKey());
            return size == null
                    || size != trouble.size
                    || trouble.kind == Kind.VANISHED
                    || trouble.kind == Kind.TOO_MANY_REPLICAS
                    || syncs - trouble.foundAt
                            >= (trouble.kind == Kind.UNREADABLE ? SHORT_RETRY_AFTER_SYNCS : RETRY_AFTER_SYNCS);
        });
    }

    synchronized void add(String name, long size, Kind kind, Problem reason) {
        files.put(name, new RegisteredError(kind, reason, size, syncs));
    }

    /** This sync does not read it: too many others are there. What it says is not known. */
    synchronized void leaveUnread(String name) {
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

    /** The segments that were read as a whole, and found sound, before something was removed because of them. */
    Set<SegmentName> verified() {
        return verified;
    }

    /** All are tried again, and what newcomers read is looked at: what a person asked for, or a library was joined. */
    synchronized void reset() {
        files.clear();
        bootstrapDoubted = true;
    }

    /** Whether what newcomers read is looked at before its time. */
    synchronized boolean isBootstrapDoubted() {
        return bootstrapDoubted;
    }

    /** It was looked at. */
    synchronized void markBootstrapVerified() {
        bootstrapDoubted = false;
    }

    synchronized boolean has(String name) {
        return files.containsKey(name);
    }

    synchronized boolean isVanished(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && trouble.kind == Kind.VANISHED;
    }

    /** Whether it does not verify or cannot be read. */
    synchronized boolean isUnverified(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && (trouble.kind == Kind.QUARANTINED || trouble.kind == Kind.UNREADABLE);
    }

    /** Whether it does not verify: one that only cannot be read here may be sound. */
    synchronized boolean isDamaged(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && trouble.kind == Kind.QUARANTINED;
    }

    /** Whether no key and no patience would make it readable: the bytes are not what the name says. */
    synchronized boolean isDamagedForGood(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null
                && trouble.kind == Kind.QUARANTINED
                && trouble.reason != Problem.FILE_KEY_UNKNOWN
                && trouble.reason != Problem.FILE_NOT_ENCRYPTED;
    }

    /** Whether its time is too far ahead for this device to believe it. */
    synchronized boolean isFromFuture(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && trouble.reason == Problem.FILE_FROM_FUTURE;
    }

    /** Whether this device has too little memory to read it, so that it may be sound. */
    synchronized boolean hasNoMemoryFor(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && trouble.kind == Kind.NO_MEMORY;
    }

    /** Whether it is of no library of ours, and so of no concern. */
    synchronized boolean isForeign(String name) {
        RegisteredError trouble = files.get(name);
        return trouble != null && trouble.kind == Kind.FOREIGN;
    }

    /** Whether segments lie there of a library that has not been joined with ours, or not yet. */
    synchronized boolean hasForeignSegments() {
        return files.entrySet().stream()
                .anyMatch(file -> file.getKey().startsWith(SegmentName.FOLDER) && file.getValue().kind == Kind.FOREIGN);
    }

    /** It is none any more. */
    synchronized void remove(String name) {
        files.remove(name);
    }

    synchronized boolean hasNewer() {
        return files.values().stream().anyMatch(trouble -> trouble.kind == Kind.NEWER);
    }

    /** The files that do not verify or cannot be read, by name: for whoever can put them again. */
    synchronized List<String> damaged() {
        return files.entrySet().stream()
                .filter(file -> isForOthers(file.getKey(), file.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * A snapshot is named by its manifest, of which a part may lack. A new device has no rows to miss in a forged one, so it goes
     * by what others say.
     */
    private static boolean isForOthers(String name, RegisteredError trouble) {
        return switch (trouble.kind) {
            case QUARANTINED, UNREADABLE -> REPAIRABLE.stream().anyMatch(name::startsWith);
            case VANISHED -> name.startsWith(RemoteNames.SNAPSHOTS);
            case REJECTED -> trouble.reason == Problem.FILE_DROPS_ROWS;
            case NO_MEMORY, TOO_MANY_REPLICAS, NEWER, FOREIGN -> false;
        };
    }

    /** Somebody could not use this file, and here it was sound. */
    synchronized void markVerified(String name) {
        lastVerified.put(name, syncs);
    }

    /** Whether it was found sound so lately that it is not read again for being complained of. */
    synchronized boolean wasVerified(String name) {
        return lastVerified.containsKey(name);
    }

    /** One in this folder that may be whole, and cannot be read here at this moment. */
    synchronized Optional<SyncReport.QuarantinedFile> temporarilyUnreadable(String folder) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder) && isTemporary(file.getValue()))
                .map(file -> new SyncReport.QuarantinedFile(file.getKey(), file.getValue().reason))
                .min(Comparator.comparing(SyncReport.QuarantinedFile::name));
    }

    private static boolean isTemporary(RegisteredError trouble) {
        return trouble.kind == Kind.UNREADABLE
                || trouble.kind == Kind.VANISHED
                || trouble.kind == Kind.NO_MEMORY
                || trouble.reason == Problem.FILE_KEY_UNKNOWN;
    }

    /** Those that a person should hear of, by name. */
    synchronized List<SyncReport.QuarantinedFile> quarantined() {
        List<SyncReport.QuarantinedFile> found = new ArrayList<>();
        files.forEach((name, trouble) -> {
            if (trouble.kind != Kind.NEWER && trouble.kind != Kind.FOREIGN) {
                found.add(new SyncReport.QuarantinedFile(name, trouble.reason));
            }
        });
        found.sort(Comparator.comparing(SyncReport.QuarantinedFile::name));
        return found;
    }
}
