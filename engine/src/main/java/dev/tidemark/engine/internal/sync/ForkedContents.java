package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares segments of retired replicas with this device's changes of the same numbers. Where they differ, two clones
 * wrote under one id; this device re-issues such changes if no other has (docs/correctness.md#r6, decision 67).
 *
 * <p>The id of a re-issued branch is derived from the forked id, the last common number and the first change after it,
 * so every device that re-issues the branch gives the same changes the same numbers.
 */
final class ForkedContents {
    /** Derived ids are as close above the forked id as new ids, so equal clock values have the same winner. */
    private static final long NEARBY = 1L << 40;

    private final SqliteDatabase database;
    private final LocalChangelog local;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;

    /** The changes of one clone after the last common number. */
    private static final class Branch {
        private final long common;
        private final List<Change> changes = new ArrayList<>();
        private final List<SegmentIndex.Entry> files = new ArrayList<>();
        private long last;
        private String through = "";

        Branch(long common) {
            this.common = common;
            this.last = common;
        }
    }

    ForkedContents(SqliteDatabase database, RemoteStateStore remoteState, SegmentFetcher fetcher) {
        this.database = database;
        this.local = database.changelog();
        this.remoteState = remoteState;
        this.fetcher = fetcher;
    }

    /**
     * Re-issues changes in segments of retired replicas that differ from this device's changes, if no device has done
     * so.
     *
     * @param before the vector of this device before this sync
     */
    void reissue(SegmentChangelog remote, VersionVector before) {
        boolean hasNews = !before.covers(local.vector());
        for (ReplicaId replica : remoteState.retired().keySet()) {
            long held = local.vector().get(replica);
            List<SegmentIndex.Entry> listed = remote.entries(replica).stream()
                    .filter(entry -> entry.name().first() <= held && fetcher.isUsable(entry))
                    .toList();
            Map<String, Long> accounted = remoteState.accounted(SegmentName.FOLDER + replica + "/");
            if (!listed.stream().allMatch(entry -> isSettled(entry, accounted, hasNews))) {
                branches(replica, listed, held).forEach(branch -> reissue(replica, branch));
            }
        }
    }

    /**
     * Uploads this device's version of changes that differ under the same numbers, in a storage where it has never
     * completed a sync: neither side lacks a number, so no push would upload them. The owner of the id then detects a
     * fork.
     *
     * @param before the vector of this device before this sync
     * @param encoder writes segments of this library
     */
    void putDifferences(SegmentChangelog remote, VersionVector before, SegmentEncoder encoder, RemoteStorage storage) {
        SegmentSplitter splitter = new SegmentSplitter(encoder);
        Set<ReplicaId> retired = remoteState.retired().keySet();
        for (Map.Entry<ReplicaId, Long> held : before.heads().entrySet()) {
            ReplicaId replica = held.getKey();
            if (replica.equals(database.replica()) || retired.contains(replica)) {
                continue;
            }
            long different = remote.entries(replica).stream()
                    .filter(entry -> entry.name().first() <= held.getValue() && fetcher.isUsable(entry))
                    .mapToLong(this::firstDifference)
                    .filter(first -> first > 0)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (different <= held.getValue()) {
                splitter.add(
                        local.list(ChangelogQuery.ALL
                                .by(replica)
                                .sequences(different, held.getValue())
                                .oldestFirst()),
                        null);
            }
        }
        for (SegmentEncoder.Encoded segment : splitter.segments()) {
            String name = segment.name().toString();
            remoteState.planFile(name, segment.content().length);
            storage.put(name, segment.content());
        }
    }

    /** Whether to skip the segment. One with changes to re-issue is compared once others have arrived. */
    private static boolean isSettled(SegmentIndex.Entry entry, Map<String, Long> accounted, boolean hasNews) {
        Long size = accounted.get(entry.name().toString());
        return size != null && (size == 0 ? !hasNews : Math.abs(size) == entry.size());
    }

    private List<Branch> branches(ReplicaId replica, List<SegmentIndex.Entry> listed, long held) {
        Map<SegmentIndex.Entry, Long> differences = new LinkedHashMap<>();
        listed.forEach(entry -> differences.put(entry, firstDifference(entry)));
        long common = remoteState.forkedAfter(replica);
        List<Branch> branches = new ArrayList<>();
        for (Map.Entry<SegmentIndex.Entry, Long> each : differences.entrySet()) {
            long different = each.getValue();
            if (different > 0 && different < Long.MAX_VALUE) {
                common = Math.min(common, different - 1);
                continueBranch(branches, each.getKey(), different);
            }
        }
        if (common < Long.MAX_VALUE) {
            remoteState.markForked(replica, common);
        }
        for (Map.Entry<SegmentIndex.Entry, Long> each : differences.entrySet()) {
            if (each.getValue() == Long.MAX_VALUE && each.getKey().name().last() <= held) {
                accountSame(each.getKey(), common);
            }
        }
        return branches;
    }

    /**
     * Accounts for a segment with the same changes as this device's. Above the last common number of a fork, other
     * devices may hold others and need the file until its changes are re-issued. Changes that log truncation has
     * dropped cannot be compared: this device neither reads such a file again nor removes it.
     */
    private void accountSame(SegmentIndex.Entry entry, long common) {
        boolean isCompared =
                entry.name().first() > local.floor().get(entry.name().replica());
        boolean isNeeded = entry.name().last() > common && !isReissued(entry, common);
        remoteState.markAccounted(entry.name().toString(), isNeeded ? 0 : isCompared ? entry.size() : -entry.size());
    }

    private boolean isReissued(SegmentIndex.Entry entry, long common) {
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null) {
            return false;
        }
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                if (change.dot().sequence() > common
                        && change.kind() != Change.Kind.SCHEMA
                        && !isHeldUnderAnotherId(change)) {
                    return false;
                }
            }
            return true;
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return false;
        }
    }

    /** As {@link SegmentComparison#firstDifference}; 0 if the segment cannot be read now. */
    private long firstDifference(SegmentIndex.Entry entry) {
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

    private void continueBranch(List<Branch> branches, SegmentIndex.Entry entry, long different) {
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null) {
            return;
        }
        String previous = reader.header().previous();
        Branch branch = branches.stream()
                .filter(each -> each.last + 1 == entry.name().first() && each.through.equals(previous))
                .findFirst()
                .orElse(null);
        boolean isNew = branch == null;
        Branch continued = branch == null ? new Branch(different - 1) : branch;
        List<Change> changes = new ArrayList<>();
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                if (change.dot().sequence() > continued.last && change.kind() != Change.Kind.SCHEMA) {
                    changes.add(change);
                }
            }
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return;
        }
        continued.changes.addAll(changes);
        continued.files.add(entry);
        continued.last = entry.name().last();
        continued.through = Objects.requireNonNullElse(
                reader.header().through(), entry.name().hash());
        if (isNew) {
            branches.add(continued);
        }
    }

    private void reissue(ReplicaId forked, Branch branch) {
        if (branch.changes.isEmpty() || branch.changes.stream().allMatch(this::isHeldUnderAnotherId)) {
            account(branch);
            return;
        }
        ReplicaId id = derived(forked, branch.common, branch.changes.getFirst());
        if (id == null) {
            return;
        }
        long held = local.vector().get(id);
        List<Change> changes = derived(forked, id, branch);
        long count = 0;
        VersionVector known = local.vector();
        for (Change change : changes) {
            if (!known.covers(change.context().vector())) {
                break;
            }
            count++;
        }
        if (count > held) {
            // No replica ever waited for this id: all its changes are late, and their edits bring back whole rows.
            remoteState.retire(id, 0);
            remoteState.retire(id, count);
            local.append(new Batch(changes.subList((int) held, (int) count)));
        }
        if (count == changes.size()) {
            account(branch);
        }
    }

    private void account(Branch branch) {
        branch.files.forEach(file -> remoteState.markAccounted(file.name().toString(), file.size()));
    }

    private boolean isHeldUnderAnotherId(Change change) {
        return local.list(ChangelogQuery.ALL.row(change.table(), change.row())).stream()
                .anyMatch(held -> !held.dot().replica().equals(change.dot().replica())
                        && SegmentComparison.isSameWrite(change, held));
    }

    /** The changes of a branch, renumbered under its own id. */
    private static List<Change> derived(ReplicaId forked, ReplicaId id, Branch branch) {
        Map<Long, Long> numbers = new HashMap<>();
        List<Change> derived = new ArrayList<>();
        for (Change change : branch.changes) {
            numbers.put(change.dot().sequence(), derived.size() + 1L);
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
        StringBuilder text = new StringBuilder("tidemark/v1/fork ")
                .append(forked)
                .append(' ')
                .append(common)
                .append(' ')
                .append(first.hlcTime())
                .append(' ')
                .append(first.wallMillis())
                .append(' ')
                .append(first.kind())
                .append(' ')
                .append(first.table())
                .append(' ')
                .append(first.row());
        new TreeMap<>(first.values())
                .forEach((column, value) -> text.append('\n')
                        .append(column)
                        .append('=')
                        .append(value instanceof byte[] bytes ? ContentHash.of(bytes) : Objects.toString(value)));
        String hash = ContentHash.of(text.toString().getBytes(StandardCharsets.UTF_8));
        long above = 1 + Long.parseUnsignedLong(hash.substring(0, 15), 16) % (NEARBY - 1);
        long value = forked.value() + above;
        return value < 1L << 62 ? new ReplicaId(value) : null;
    }
}
