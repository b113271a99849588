package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares segments of retired replicas with this device's changes of the same numbers. Where they differ, two clones
 * wrote under one id; this device re-issues such changes if no other has (docs/correctness.md#r6, decision 67).
 *
 * <p>The id of a re-issued branch is derived from the forked id, the last common number and the first change after it,
 * so every device that re-issues the branch gives the same changes the same numbers.
 */
final class ForkedContents {
    /** Derived ids, like new ids, are at most this far above the old one, so ties of clock values keep their winner. */
    private static final long NEARBY = 1L << 40;

    /** The most ids derived from one forked id: there are never so many clones. */
    static final int MAX_BRANCHES = 32;

    /** A file that stays unsettled is read again after this time. */
    private static final Duration READ_AGAIN = Duration.ofDays(1);

    /** The most changes in a transaction. */
    private static final int BATCH = 1_000;

    /** Estimated memory of a change without its values. */
    private static final long CHANGE_BYTES = 256;

    /** Recorded instead of the size of a file that is damaged or refused. */
    private static final long UNUSABLE = -1;

    /** Recorded instead of the size of a file that would exceed {@link #MAX_BRANCHES}. */
    private static final long TOO_MANY = -2;

    private final SqliteDatabase database;
    private final LocalChangelog local;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final ReissuedWrites reissued;
    private final Instant now;
    private final long maxBytes = Runtime.getRuntime().maxMemory() / 4;

    private enum Outcome {
        DONE,
        WAITS,
        TOO_MANY
    }

    /** The changes of one clone after the last common number. */
    private static final class Branch {
        private final long common;
        private final List<Change> changes = new ArrayList<>();
        private final List<SegmentIndex.Entry> files = new ArrayList<>();
        private long last;
        private @Nullable ChainHash chain;

        Branch(long common) {
            this.common = common;
            this.last = common;
        }
    }

    ForkedContents(SqliteDatabase database, RemoteStateStore remoteState, SegmentFetcher fetcher, Instant now) {
        this.now = now;
        this.database = database;
        this.local = database.changelog();
        this.reissued = new ReissuedWrites(local);
        this.remoteState = remoteState;
        this.fetcher = fetcher;
    }

    /**
     * Re-issues changes of segments of retired replicas that differ from this device's, if no device has done so.
     * Reads the segments of a replica if one is new, or if changes arrived that a branch waits for; a file that stays
     * unsettled is read again once a day.
     */
    void reissue(SegmentChangelog remote) {
        VersionVector held = local.vector();
        for (ReplicaId replica : remoteState.retired().keySet()) {
            List<SegmentIndex.Entry> listed = remote.entries(replica).stream()
                    .filter(entry -> entry.name().first() <= held.get(replica) && fetcher.isUsable(entry))
                    .toList();
            if (!listed.isEmpty()) {
                reissue(replica, listed, held);
            }
        }
    }

    private void reissue(ReplicaId replica, List<SegmentIndex.Entry> listed, VersionVector held) {
        Map<String, Long> accounted = remoteState.accounted(SegmentName.FOLDER + replica + "/");
        Map<String, Instant> again = remoteState.accountedAgain(SegmentName.FOLDER + replica + "/");
        List<SegmentIndex.Entry> needed = new ArrayList<>();
        boolean isDue = remoteState.awaitedOf(replica).entrySet().stream()
                .anyMatch(awaited -> held.get(awaited.getKey()) >= awaited.getValue());
        for (SegmentIndex.Entry entry : listed) {
            Long size = accounted.get(entry.name().toString());
            Instant at = again.get(entry.name().toString());
            boolean isAgain = at == null || !at.isAfter(now) || at.isAfter(now.plus(READ_AGAIN));
            boolean isUnusable = size != null && (size == UNUSABLE || size == TOO_MANY);
            isDue |= size == null
                    || (isUnusable && isAgain)
                    || (size != 0 && !isUnusable && Math.abs(size) != entry.size());
            if (size != null && size == TOO_MANY) {
                fetcher.reportTooManyBranches(entry);
            }
            if (size != null && size == 0 && isAgain) {
                needed.add(entry);
            }
        }
        if (isDue) {
            Map<ReplicaId, Long> awaited = new HashMap<>();
            readBranches(replica, listed, held.get(replica), awaited);
            remoteState.markAwaited(replica, awaited);
        } else {
            needed.forEach(entry -> accountSame(entry, remoteState.forkedAfter(replica)));
        }
    }

    /**
     * Uploads this device's version of changes where the storage holds only another one under the same numbers: both
     * sides hold all numbers, so a push would not upload them. The owner of the id then detects a fork; the changes of a
     * retired one are re-issued as a branch.
     *
     * @param before the vector of this device before this sync
     * @param encoder writes segments of this library
     */
    void putDifferences(SegmentChangelog remote, VersionVector before, SegmentEncoder encoder, RemoteStorage storage) {
        Map<ReplicaId, Long> latest = new HashMap<>();
        for (Map.Entry<ReplicaId, Long> held :
                before.with(database.replica(), 0).heads().entrySet()) {
            remote.entries(held.getKey()).stream()
                    .map(entry -> entry.name().last())
                    .filter(last -> last <= held.getValue())
                    .max(Comparator.naturalOrder())
                    .ifPresent(last -> latest.put(held.getKey(), last));
        }
        Map<ReplicaId, ChainHash> ours = database.chains().at(VersionVector.of(latest));
        latest.forEach((replica, last) -> {
            List<SegmentIndex.Entry> entries = remote.entries(replica);
            boolean isOurs = entries.stream()
                    .map(SegmentIndex.Entry::name)
                    .anyMatch(name -> name.last() == last && name.chain().equals(ours.get(replica)));
            if (!isOurs) {
                putDifferences(replica, entries, before.get(replica), encoder, storage);
            }
        });
    }

    /** Compares each segment once, although its name may claim any hash. */
    private void putDifferences(
            ReplicaId replica,
            List<SegmentIndex.Entry> entries,
            long held,
            SegmentEncoder encoder,
            RemoteStorage storage) {
        Map<String, Long> compared = remoteState.compared(SegmentName.FOLDER + replica + "/");
        Map<SegmentIndex.Entry, Long> differences = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> entry.name().first() <= held && fetcher.isUsable(entry))
                .filter(entry -> !compared.containsKey(entry.name().toString()))
                .forEach(entry -> differences.put(entry, firstDifference(entry)));
        differences.values().removeIf(different -> different == 0);
        long different =
                differences.values().stream().mapToLong(first -> first).min().orElse(Long.MAX_VALUE);
        if (different <= held) {
            put(replica, different, held, encoder, storage);
        }
        differences
                .keySet()
                .forEach(entry -> remoteState.markCompared(entry.name().toString(), entry.size()));
    }

    /** Reads a page at a time, since the changes may not fit into memory. */
    private void put(ReplicaId replica, long first, long last, SegmentEncoder encoder, RemoteStorage storage) {
        ChainHash before = chainBefore(replica, first);
        for (long from = first; from <= last; from += ReissuedWrites.AT_ONCE) {
            long to = Math.min(last, from + ReissuedWrites.AT_ONCE - 1);
            SegmentSplitter splitter = new SegmentSplitter(encoder);
            splitter.add(bySequence(replica, from, to), before);
            for (SegmentEncoder.Encoded segment : splitter.segments()) {
                String name = segment.name().toString();
                remoteState.planFile(name, segment.content().length);
                storage.put(name, segment.content());
                before = segment.name().chain();
            }
        }
    }

    private ChainHash chainBefore(ReplicaId replica, long first) {
        ChainHash hash = database.chains().at(replica, first - 1);
        if (hash == null) {
            throw new Changelog.GapException(Problem.CHANGELOG_GAP, new Dot(replica, first), first - 1);
        }
        return hash;
    }

    private List<Change> bySequence(ReplicaId replica, long first, long last) {
        return local.list(ChangelogQuery.ALL.by(replica).sequences(first, last)).stream()
                .sorted(Comparator.comparingLong(change -> change.dot().sequence()))
                .toList();
    }

    /** @param awaited receives changes that branches wait for */
    private void readBranches(
            ReplicaId replica, List<SegmentIndex.Entry> listed, long held, Map<ReplicaId, Long> awaited) {
        Map<SegmentIndex.Entry, Long> differences = new LinkedHashMap<>();
        listed.forEach(entry -> differences.put(entry, firstDifference(entry)));
        long common = Math.min(
                remoteState.forkedAfter(replica),
                differences.values().stream()
                        .mapToLong(different -> different)
                        .filter(different -> different > 0 && different < Long.MAX_VALUE)
                        .map(different -> different - 1)
                        .min()
                        .orElse(Long.MAX_VALUE));
        if (common < Long.MAX_VALUE) {
            remoteState.markForked(replica, common);
        }
        List<Branch> branches = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<SegmentIndex.Entry, Long> each : differences.entrySet()) {
            SegmentIndex.Entry entry = each.getKey();
            long different = each.getValue();
            if (different == Long.MAX_VALUE && entry.name().last() <= held) {
                accountSame(entry, common);
            } else if (different > 0 && different < Long.MAX_VALUE) {
                if (bytes > maxBytes / 2) {
                    branches.forEach(branch -> reissue(replica, branch, awaited));
                    branches.clear();
                    bytes = 0;
                }
                bytes += continueBranch(branches, entry, different);
            }
            if (fetcher.isDamaged(entry) || fetcher.isRejected(entry)) {
                accountAgain(entry, UNUSABLE);
            }
        }
        branches.forEach(branch -> reissue(replica, branch, awaited));
    }

    /** Reads the file again after a day, not at every sync. */
    private void accountAgain(SegmentIndex.Entry entry, long size) {
        remoteState.markAccounted(entry.name().toString(), size, now.plus(READ_AGAIN));
    }

    /**
     * Records that a segment has the same changes as this device. Other devices may hold different changes above the
     * last common number of a fork, and need the file until its changes are re-issued. Changes that log truncation has
     * dropped cannot be compared: {@link SegmentCompaction} removes such a file only if a longer one repeats it.
     */
    private void accountSame(SegmentIndex.Entry entry, long common) {
        boolean isCompared = isSame(entry.name())
                || entry.name().first() > local.floor().get(entry.name().replica());
        boolean isNeeded = entry.name().last() > common && !isReissued(entry, common);
        if (isNeeded) {
            accountAgain(entry, 0);
        } else {
            remoteState.markAccounted(entry.name().toString(), isCompared ? entry.size() : -entry.size());
        }
    }

    private boolean isReissued(SegmentIndex.Entry entry, long common) {
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null) {
            return false;
        }
        List<Change> changes = new ArrayList<>();
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                if (change.dot().sequence() > common && change.kind() != Change.Kind.SCHEMA) {
                    changes.add(change);
                }
                if (changes.size() == ReissuedWrites.AT_ONCE) {
                    if (!reissued.holdAll(changes)) {
                        return false;
                    }
                    changes.clear();
                }
            }
            return reissued.holdAll(changes);
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return false;
        }
    }

    /** Whether the chain shows that this device holds the same changes up to the end of the segment. */
    private boolean isSame(SegmentName name) {
        return name.chain().equals(database.chains().at(name.replica(), name.last()));
    }

    /** As {@link SegmentComparison#firstDifference}; 0 if the segment cannot be read now. */
    private long firstDifference(SegmentIndex.Entry entry) {
        if (isSame(entry.name())) {
            return Long.MAX_VALUE;
        }
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null) {
            return 0;
        }
        try {
            return new SegmentComparison(local).firstDifference(entry.name(), reader);
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return 0;
        }
    }

    /** Returns the approximate size in bytes of the changes that it adds to a branch. */
    private long continueBranch(List<Branch> branches, SegmentIndex.Entry entry, long different) {
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null) {
            return 0;
        }
        ChainHash before = reader.header().before();
        Branch branch = branches.stream()
                .filter(each -> each.last + 1 == entry.name().first() && before.equals(each.chain))
                .findFirst()
                .orElse(null);
        boolean isNew = branch == null;
        Branch continued = branch == null ? new Branch(different - 1) : branch;
        List<Change> changes = new ArrayList<>();
        long bytes = 0;
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                if (!fetcher.isAccepted(entry, change)) {
                    return 0;
                }
                if (change.dot().sequence() > continued.last && change.kind() != Change.Kind.SCHEMA) {
                    changes.add(change);
                    bytes += CHANGE_BYTES + ChangeSize.of(change);
                }
                if (bytes > maxBytes) {
                    throw new DamagedFileException(entry.name().toString(), Problem.FILE_NO_MEMORY);
                }
            }
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return 0;
        }
        continued.changes.addAll(changes);
        continued.files.add(entry);
        continued.last = entry.name().last();
        continued.chain = entry.name().chain();
        if (isNew) {
            branches.add(continued);
        }
        return bytes;
    }

    private void reissue(ReplicaId forked, Branch branch, Map<ReplicaId, Long> awaited) {
        switch (reissueChanges(forked, branch, awaited)) {
            case DONE ->
                branch.files.forEach(
                        file -> remoteState.markAccounted(file.name().toString(), file.size()));
            case WAITS -> branch.files.forEach(file -> accountAgain(file, 0));
            case TOO_MANY ->
                branch.files.forEach(file -> {
                    accountAgain(file, TOO_MANY);
                    fetcher.reportTooManyBranches(file);
                });
        }
    }

    private Outcome reissueChanges(ReplicaId forked, Branch branch, Map<ReplicaId, Long> awaited) {
        if (reissued.holdAll(branch.changes)) {
            return Outcome.DONE;
        }
        ReplicaId id = derived(forked, branch.common, branch.changes.getFirst());
        VersionVector known = local.vector();
        if (id == null || (known.get(id) == 0 && !mayDerive(forked, known)) || isInUse(id, known)) {
            return Outcome.TOO_MANY;
        }
        List<Change> changes = derived(forked, id, branch);
        int held = (int) Math.min(known.get(id), changes.size());
        int same = sameUnder(id, changes.subList(0, held));
        if (same < held) {
            // Another branch with the same first change: it forks from this one.
            Branch rest = new Branch(same);
            rest.changes.addAll(changes.subList(same, changes.size()));
            return reissueChanges(id, rest, awaited);
        }
        int count = held;
        while (count < changes.size() && isDeliverable(changes.get(count).context(), id, known)) {
            count++;
        }
        if (count > held) {
            // No replica has waited for this id, so all its changes count as late, and their edits re-insert whole
            // rows.
            remoteState.retire(id, 0);
            remoteState.retire(id, count);
            for (int from = held; from < count; from += BATCH) {
                local.append(new Batch(changes.subList(from, Math.min(count, from + BATCH))));
            }
        }
        if (count == changes.size()) {
            return Outcome.DONE;
        }
        missing(changes.get(count).context(), id, known)
                .forEach((replica, sequence) -> awaited.merge(replica, sequence, Math::min));
        return Outcome.WAITS;
    }

    /**
     * Whether another id may be derived. The number is limited, since all later vectors and causal contexts contain the
     * id.
     */
    private static boolean mayDerive(ReplicaId forked, VersionVector known) {
        long near = known.heads().keySet().stream()
                .filter(id -> id.value() > forked.value() && id.value() - forked.value() < NEARBY)
                .count();
        return near < MAX_BRANCHES && known.heads().size() < FormatLimits.REPLICAS_APPLIED;
    }

    /** Whether a device already has this id: an attacker could choose changes from which that id is derived. */
    private boolean isInUse(ReplicaId id, VersionVector known) {
        return id.equals(database.replica())
                || (known.get(id) > 0 && !remoteState.retired().containsKey(id));
    }

    /** The length of the longest prefix of these changes that this device holds under the same numbers. */
    private int sameUnder(ReplicaId id, List<Change> changes) {
        int same = (int) Math.min(local.floor().get(id), changes.size());
        while (same < changes.size()) {
            int to = Math.min(changes.size(), same + BATCH);
            for (Change held : local.list(ChangelogQuery.ALL.by(id).sequences(same + 1L, to)).stream()
                    .sorted(Comparator.comparingLong(change -> change.dot().sequence()))
                    .toList()) {
                if (!SegmentComparison.isSame(changes.get(same), held)) {
                    return same;
                }
                same++;
            }
            if (same < to) {
                return same;
            }
        }
        return same;
    }

    private static boolean isDeliverable(CausalContext context, ReplicaId id, VersionVector known) {
        return missing(context, id, known).isEmpty();
    }

    private static Map<ReplicaId, Long> missing(CausalContext context, ReplicaId id, VersionVector known) {
        Map<ReplicaId, Long> missing = new HashMap<>(context.vector().heads());
        context.unseen().forEach(dot -> missing.merge(dot.replica(), dot.sequence(), Math::max));
        missing.remove(id);
        missing.entrySet().removeIf(head -> head.getValue() <= known.get(head.getKey()));
        return missing;
    }

    /** The changes of a branch, renumbered under its own id. */
    private static List<Change> derived(ReplicaId forked, ReplicaId id, Branch branch) {
        Map<Long, Long> numbers = new HashMap<>();
        Map<Long, Long> transactions = new HashMap<>();
        List<Change> derived = new ArrayList<>();
        for (Change change : branch.changes) {
            numbers.put(change.dot().sequence(), derived.size() + 1L);
            // The first change of a transaction may be below the branch, or a schema change, which has no number here.
            Long transaction = transactions.computeIfAbsent(change.transaction(), first -> derived.size() + 1L);
            Set<Dot> unseen = new HashSet<>();
            for (Dot dot : change.context().unseen()) {
                Long number = dot.replica().equals(forked) ? numbers.get(dot.sequence()) : null;
                if (number != null) {
                    unseen.add(new Dot(id, number));
                } else if (!dot.replica().equals(forked) || dot.sequence() <= branch.common) {
                    unseen.add(dot);
                }
            }
            derived.add(new Change(
                    new Dot(id, derived.size() + 1L),
                    transaction,
                    change.hlcTime(),
                    change.wallMillis(),
                    new CausalContext(change.context().vector().with(forked, branch.common), unseen),
                    change.kind(),
                    change.table(),
                    change.row(),
                    change.values()));
        }
        return derived;
    }

    /** The id of the branch that begins with this change; null if there is no room above the forked id. */
    private static @Nullable ReplicaId derived(ReplicaId forked, long common, Change first) {
        String hash = ContentHash.of(("tidemark/v1/fork " + forked + ' ' + common + ' ' + ReissuedWrites.textOf(first))
                .getBytes(StandardCharsets.UTF_8));
        long above = 1 + Long.parseUnsignedLong(hash.substring(0, 15), 16) % (NEARBY - 1);
        long value = forked.value() + above;
        return value < 1L << 62 ? new ReplicaId(value) : null;
    }
}
