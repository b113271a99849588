package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.LogChains;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes the durable state that this replica stores about one storage. Thread-safe. */
final class RemoteStateStore implements SegmentLedger {
    /** The value of {@code remove_at} for a file that was completely read and verified. */
    private static final int VERIFIED = -1;

    /** Prefix of the entries for replicas with missing changes. Other entries are file names. */
    private static final String LACKING = "lacking/";

    /** Prefix of the entries for files above the end of a retired replica. */
    private static final String LATE = "late/";

    /** The entry for files of a later epoch. */
    private static final String LATER_EPOCH = "epoch/";

    private final SqliteDatabase database;
    private final StateTables tables;
    private final RemoteObjectCache objects;
    private final String location;

    /**
     * The library that was joined in the storage, and how far this replica has synced with it.
     *
     * @param created whether this replica wrote the library file
     * @param uploaded whether the storage has had files of this library
     * @param pushedUpTo the last change of this replica that the storage has
     * @param record the number of this replica's last device record
     * @param recordContent the content of that record, without its time
     * @param recordAt when that record was written
     * @param successAt when a sync last succeeded, as far as it was recorded
     */
    record State(
            UUID library,
            int epoch,
            boolean created,
            boolean uploaded,
            long pushedUpTo,
            long record,
            String recordContent,
            Instant recordAt,
            Instant successAt) {}

    /** Prefix of the entries for segments that {@link #markAccounted} recorded. */
    private static final String ACCOUNTED = "accounted/";

    /** Prefix of the entries for segments that {@link #markCompared} recorded. */
    private static final String COMPARED = "compared/";

    /** Prefix of the entries for forked ids. */
    private static final String FORKED = "forked/";

    /** Prefix of the entries for changes that branches of forked ids wait for. */
    private static final String AWAITED = "awaited/";

    private record FileRow(String name, long value) {}

    RemoteStateStore(SqliteDatabase database, String location) {
        this.database = database;
        this.tables = new StateTables(database);
        this.objects = new RemoteObjectCache(database, location);
        this.location = location;
    }

    /** Returns the small files that were read from the storage. */
    RemoteObjectCache objects() {
        return objects;
    }

    @Nullable
    State state() {
        return tables.first(
                """
                SELECT library, epoch, created, uploaded, pushed_up_to, record, record_content, record_at, success_at
                FROM tm_remote WHERE location = ?\
                """,
                row -> new State(
                        ChangeCodec.idOf(row.getBytes(1)),
                        row.getInt(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getString(7),
                        Instant.ofEpochMilli(row.getLong(8)),
                        Instant.ofEpochMilli(row.getLong(9))),
                location);
    }

    /** Whether this database has joined a library in any storage. If it has, only the user may change its library. */
    boolean hasJoinedAnyStorage() {
        return tables.exists("SELECT 1 FROM tm_remote WHERE uploaded = 1 LIMIT 1");
    }

    /** Returns the last change of this replica that any storage is known to have. */
    long maxPushed() {
        Long head = tables.first("SELECT coalesce(max(pushed_up_to), 0) FROM tm_remote", row -> row.getLong(1));
        return head == null ? 0 : head;
    }

    void join(UUID library, int epoch, boolean created) {
        tables.update("""
            INSERT INTO tm_remote(location, library, epoch, created, uploaded) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (location) DO UPDATE SET
              library = excluded.library, epoch = excluded.epoch, created = excluded.created\
            """, location, ChangeCodec.bytesOf(library), (long) epoch, created ? 1L : 0L, created ? 0L : 1L);
    }

    /** Prepares to create the library again in this epoch. */
    void beginEpoch(UUID library, int epoch) {
        tables.inTransaction(statements -> setLibrary(statements, library, epoch, true));
    }

    /** Stores the library that the user has chosen for this storage. The other libraries become its aliases. */
    void choose(UUID library, int epoch, Set<UUID> aliases) {
        tables.inTransaction(statements -> {
            statements.update("DELETE FROM tm_remote_alias WHERE library = ?", ChangeCodec.bytesOf(library));
            addAliases(statements, aliases);
            return setLibrary(statements, library, epoch, false);
        });
    }

    private int setLibrary(Statements statements, UUID library, int epoch, boolean created) throws SQLException {
        return statements.update(
                """
                INSERT INTO tm_remote(location, library, epoch, created, uploaded) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (location) DO UPDATE SET
                  library = excluded.library, epoch = excluded.epoch,
                  created = excluded.created, uploaded = excluded.uploaded\
                """, location, ChangeCodec.bytesOf(library), (long) epoch, created ? 1L : 0L, created ? 0L : 1L);
    }

    /** Switches to another library. The former library becomes its alias. */
    void switchToLibrary(UUID library, int epoch, UUID alias) {
        tables.inTransaction(statements -> {
            addAliases(statements, Set.of(alias));
            return statements.update(
                    "UPDATE tm_remote SET library = ?, epoch = ?, created = 0, uploaded = 1 WHERE location = ?",
                    ChangeCodec.bytesOf(library),
                    (long) epoch,
                    location);
        });
    }

    private static int addAliases(Statements statements, Set<UUID> aliases) throws SQLException {
        for (UUID alias : aliases) {
            statements.update("INSERT OR IGNORE INTO tm_remote_alias(library) VALUES (?)", ChangeCodec.bytesOf(alias));
        }
        return aliases.size();
    }

    Set<UUID> aliases() {
        return new HashSet<>(
                tables.list("SELECT library FROM tm_remote_alias", row -> ChangeCodec.idOf(row.getBytes(1))));
    }

    void addAliases(Set<UUID> aliases) {
        tables.inTransaction(statements -> addAliases(statements, aliases));
    }

    void uploaded() {
        tables.update("UPDATE tm_remote SET uploaded = 1 WHERE location = ?", location);
    }

    /** Returns whether a repair has rewritten rows, and this device has not uploaded a snapshot since. */
    boolean isRestamped() {
        return tables.exists("SELECT 1 FROM tm_remote_restamped WHERE location = ?", location);
    }

    void markRestampedCovered() {
        tables.update("DELETE FROM tm_remote_restamped WHERE location = ?", location);
    }

    void synced(long pushedUpTo, Instant successAt) {
        tables.update(
                "UPDATE tm_remote SET pushed_up_to = ?, success_at = ? WHERE location = ?",
                pushedUpTo,
                successAt.toEpochMilli(),
                location);
    }

    @Override
    public void plan(List<Planned> segments) {
        Map<Dot, ChainHash> chains = new HashMap<>();
        segments.forEach(segment -> chains.put(
                new Dot(segment.name().replica(), segment.name().last()),
                segment.name().chain()));
        tables.inTransaction(statements -> {
            for (Planned segment : segments) {
                addFile(statements, segment.name().toString(), segment.size());
            }
            LogChains.store(statements, chains);
            return statements.update("UPDATE tm_remote SET uploaded = 1 WHERE location = ?", location);
        });
    }

    /** Stores the name of a file before its upload, or of a file with own changes that another device relayed. */
    void planFile(String name, long size) {
        tables.inTransaction(statements -> addFile(statements, name, size));
    }

    /** Stores the name, number and content of a device record before its upload. */
    void planRecord(String name, long size, long number, String content, Instant at) {
        tables.inTransaction(statements -> {
            addFile(statements, name, size);
            statements.update(
                    "DELETE FROM tm_remote_file WHERE location = ? AND name >= ? AND name < ?",
                    location,
                    RemoteNames.recordsOf(database.replica()),
                    RemoteNames.recordsBefore(database.replica(), number - ForkDetection.MAX_REMEMBERED_RECORDS));
            return statements.update(
                    "UPDATE tm_remote SET record = ?, record_content = ?, record_at = ?, uploaded = 1 WHERE location ="
                            + " ?",
                    number,
                    content,
                    at.toEpochMilli(),
                    location);
        });
    }

    private int addFile(Statements statements, String name, long size) throws SQLException {
        return statements.update(
                "INSERT OR REPLACE INTO tm_remote_file(location, name, size) VALUES (?, ?, ?)", location, name, size);
    }

    /**
     * Returns the superseded files whose names begin with a prefix, each with the time from which it may be removed.
     */
    Map<String, Instant> removals(String prefix) {
        return byName(
                fileRows(
                        "SELECT name, remove_at FROM tm_remote_file"
                                + " WHERE location = ? AND name >= ? AND name < ? AND remove_at > 0",
                        prefix),
                Instant::ofEpochMilli);
    }

    /** Records that a file was completely read and verified. Later runs then need not download it again. */
    void markVerified(String name, long size) {
        tables.update("""
            INSERT INTO tm_remote_file(location, name, size, remove_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (location, name) DO UPDATE SET remove_at = excluded.remove_at WHERE remove_at = 0\
            """, location, name, size, VERIFIED);
    }

    /** Returns whether a file was completely read and verified, and its removal is not planned. */
    boolean isVerified(String name) {
        return tables.exists(
                "SELECT 1 FROM tm_remote_file WHERE location = ? AND name = ? AND remove_at = ?",
                location,
                name,
                VERIFIED);
    }

    /**
     * Stores the time from which files may be removed.
     *
     * @param files the names of the files, with their sizes in bytes
     */
    void planRemoval(Map<String, Long> files, Instant at) {
        tables.inTransaction(statements -> {
            for (Map.Entry<String, Long> file : files.entrySet()) {
                statements.update(
                        "INSERT OR REPLACE INTO tm_remote_file(location, name, size, remove_at) VALUES (?, ?, ?, ?)",
                        location,
                        file.getKey(),
                        file.getValue(),
                        at.toEpochMilli());
            }
            return files.size();
        });
    }

    /** Cancels the planned removal of a file that is still needed. */
    void cancelRemoval(String name) {
        tables.update("UPDATE tm_remote_file SET remove_at = 0 WHERE location = ? AND name = ?", location, name);
    }

    /** Drops the entries of files that the storage no longer has. */
    void removeFiles(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        tables.inTransaction(statements -> {
            for (String name : names) {
                statements.update("DELETE FROM tm_remote_file WHERE location = ? AND name = ?", location, name);
            }
            return names.size();
        });
    }

    @Override
    public void stored(List<SegmentName> segments) {
        // The names that plan() has stored distinguish own segments from those of a clone. The next listing shows which
        // segments arrived.
    }

    /** Whether this replica has recorded the file as its own in any storage. Names contain a hash of the content. */
    boolean isRecordedInAnyStorage(String name) {
        return tables.exists(
                "SELECT 1 FROM tm_remote r JOIN tm_remote_file f ON f.location = r.location WHERE f.name = ? LIMIT 1",
                name);
    }

    /** Returns the sum of the sizes in bytes of all files that this replica has recorded as its own in this storage. */
    long storedBytes() {
        Long bytes = tables.first(
                "SELECT coalesce(sum(size), 0) FROM tm_remote_file WHERE location = ?",
                row -> row.getLong(1),
                location);
        return bytes == null ? 0 : bytes;
    }

    /** Returns the size in bytes of a file that this replica has recorded as its own; null if it has not. */
    @Nullable
    Long sizeOf(String name) {
        return tables.first(
                "SELECT size FROM tm_remote_file WHERE location = ? AND name = ?",
                row -> row.getLong(1),
                location,
                name);
    }

    /**
     * Returns the files that this replica has recorded as its own and whose names begin with a prefix, with their
     * sizes.
     */
    Map<String, Long> files(String prefix) {
        return byName(
                fileRows("SELECT name, size FROM tm_remote_file WHERE location = ? AND name >= ? AND name < ?", prefix),
                size -> size);
    }

    private List<FileRow> fileRows(String sql, String prefix) {
        return tables.list(
                sql, row -> new FileRow(row.getString(1), row.getLong(2)), location, prefix, prefix + "\uFFFF");
    }

    private static <T> Map<String, T> byName(List<FileRow> rows, LongFunction<T> value) {
        Map<String, T> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.name(), value.apply(row.value())));
        return byName;
    }

    /**
     * Returns since when each of these segments is known to be damaged. Forgets all other segments. Writes to the
     * database only if the set has changed.
     */
    Map<String, Instant> damagedSince(Set<String> damaged, Instant now) {
        return noticedSince(SegmentName.FOLDER, damaged, now);
    }

    /**
     * Returns since when changes of each of these replicas are missing. Forgets all other replicas.
     *
     * @param missing the latest known state of each replica. When a state changes, its time restarts.
     */
    Map<ReplicaId, Instant> missingSince(Map<ReplicaId, String> missing, Instant now) {
        Map<ReplicaId, String> names = new HashMap<>();
        missing.forEach((replica, state) -> names.put(replica, LACKING + replica + "/" + state));
        Map<String, Instant> noticed = noticedSince(LACKING, new TreeSet<>(names.values()), now);
        Map<ReplicaId, Instant> since = new HashMap<>();
        names.forEach((replica, name) -> since.put(replica, noticed.getOrDefault(name, now)));
        return since;
    }

    /** Returns the changes that this device holds. */
    LocalChangelog changelog() {
        return database.changelog();
    }

    /** Records that a segment of a retired replica was compared. {@link #accounted} explains {@code size}. */
    void markAccounted(String name, long size) {
        planFile(ACCOUNTED + name, size);
    }

    /**
     * Records a segment as {@link #markAccounted(String, long)} does. The segment must be read again at the given time.
     */
    void markAccounted(String name, long size, Instant again) {
        planRemoval(Map.of(ACCOUNTED + name, size), again);
    }

    /** Returns the segments below a folder that must be read again, each with the time to do so. */
    Map<String, Instant> accountedAgain(String folder) {
        Map<String, Instant> again = new HashMap<>();
        removals(ACCOUNTED + folder).forEach((name, at) -> again.put(name.substring(ACCOUNTED.length()), at));
        return again;
    }

    /** Records that a segment of an active replica was compared with this device's changes. */
    void markCompared(String name, long size) {
        planFile(COMPARED + name, size);
    }

    /** Returns the segments below a folder that {@link #markCompared} recorded, with their sizes. */
    Map<String, Long> compared(String folder) {
        return segments(COMPARED, folder);
    }

    private Map<String, Long> segments(String prefix, String folder) {
        Map<String, Long> segments = new HashMap<>();
        files(prefix + folder).forEach((name, size) -> segments.put(name.substring(prefix.length()), size));
        return segments;
    }

    /** Stores the changes that the branches of a forked id wait for. Replaces those stored earlier. */
    void markAwaited(ReplicaId forked, Map<ReplicaId, Long> awaited) {
        String prefix = AWAITED + forked + "/";
        if (awaited.equals(awaitedOf(forked))) {
            return;
        }
        tables.inTransaction(statements -> {
            statements.update(
                    "DELETE FROM tm_remote_file WHERE location = ? AND name >= ? AND name < ?",
                    location,
                    prefix,
                    prefix + "\uFFFF");
            for (Map.Entry<ReplicaId, Long> each : awaited.entrySet()) {
                addFile(statements, prefix + each.getKey(), each.getValue());
            }
            return awaited.size();
        });
    }

    /** Returns the changes that {@link #markAwaited} stored. */
    Map<ReplicaId, Long> awaitedOf(ReplicaId forked) {
        String prefix = AWAITED + forked + "/";
        Map<ReplicaId, Long> awaited = new HashMap<>();
        files(prefix).forEach((name, last) -> awaited.put(ReplicaId.parse(name.substring(prefix.length())), last));
        return awaited;
    }

    /** Stores the last sequence number up to which all clones with this id have the same changes. */
    void markForked(ReplicaId replica, long common) {
        planFile(FORKED + replica, common);
    }

    /** Returns the sequence number that {@link #markForked} stored; {@link Long#MAX_VALUE} if no fork is known. */
    long forkedAfter(ReplicaId replica) {
        Long common = sizeOf(FORKED + replica);
        return common == null ? Long.MAX_VALUE : common;
    }

    /**
     * Returns the segments below a folder that {@link #markAccounted} recorded, with their sizes. The size is negative
     * if the segment could not be compared, and 0 if other devices may need it.
     */
    Map<String, Long> accounted(String folder) {
        return segments(ACCOUNTED, folder);
    }

    /** Returns since when each of these segments is known to be above the end of its replica. Forgets all others. */
    Map<String, Instant> lateSince(Set<String> segments, Instant now) {
        Map<String, Instant> noticed = noticedSince(
                LATE, segments.stream().map(name -> LATE + name).collect(Collectors.toCollection(TreeSet::new)), now);
        Map<String, Instant> since = new HashMap<>();
        segments.forEach(name -> since.put(name, noticed.getOrDefault(LATE + name, now)));
        return since;
    }

    /**
     * Returns since when files of a later epoch have been waiting. Forgets the time if there are none.
     *
     * @param areAny whether there are such files now
     */
    Instant laterEpochSince(boolean areAny, Instant now) {
        Set<String> names = areAny ? Set.of(LATER_EPOCH) : Set.of();
        return noticedSince(LATER_EPOCH, names, now).getOrDefault(LATER_EPOCH, now);
    }

    private Map<String, Instant> noticedSince(String prefix, Set<String> names, Instant now) {
        Map<String, Instant> known = byName(
                fileRows(
                        "SELECT name, noticed FROM tm_remote_damaged WHERE location = ? AND name >= ? AND name < ?",
                        prefix),
                Instant::ofEpochMilli);
        if (known.keySet().equals(names)) {
            return known;
        }
        Map<String, Instant> since = new HashMap<>();
        names.forEach(name -> since.put(name, known.getOrDefault(name, now)));
        tables.inTransaction(statements -> {
            statements.update(
                    "DELETE FROM tm_remote_damaged WHERE location = ? AND name >= ? AND name < ?",
                    location,
                    prefix,
                    prefix + "\uFFFF");
            for (Map.Entry<String, Instant> each : since.entrySet()) {
                statements.update(
                        "INSERT INTO tm_remote_damaged VALUES (?, ?, ?)",
                        location,
                        each.getKey(),
                        each.getValue().toEpochMilli());
            }
            return since.size();
        });
        return since;
    }

    private record Erased(ReplicaId replica, long sequence) {}

    /** Returns whether segments in the storage may contain erased values, and the next erasure is due. */
    boolean isErasureDue(Instant now) {
        return tables.exists("""
            SELECT 1 FROM tm_erased e JOIN tm_remote r ON r.location = e.location
            WHERE r.location = ? AND r.erase_at <= ? LIMIT 1\
            """, location, now.toEpochMilli());
    }

    /** Returns the changes that were erased on this device but whose values the storage may still contain. */
    Map<ReplicaId, NavigableSet<Long>> erasedChanges() {
        Map<ReplicaId, NavigableSet<Long>> erased = new HashMap<>();
        tables.list("""
            SELECT r.id, e.sequence FROM tm_erased e JOIN tm_replica r ON r.no = e.replica_no
            WHERE e.location = ?1 AND NOT EXISTS (
              SELECT 1 FROM tm_erased l
              WHERE l.location = '' AND l.replica_no = e.replica_no AND l.sequence = e.sequence)\
            """, row -> new Erased(new ReplicaId(row.getLong(1)), row.getLong(2)), location)
                .forEach(each -> erased.computeIfAbsent(each.replica(), replica -> new TreeSet<>())
                        .add(each.sequence()));
        return erased;
    }

    /** Forgets erased changes whose values the storage no longer contains. */
    void removeErased(ReplicaId replica, Set<Long> sequences) {
        if (sequences.isEmpty()) {
            return;
        }
        tables.inTransaction(statements -> {
            for (long sequence : sequences) {
                statements.update(
                        "DELETE FROM tm_erased WHERE location = ? AND sequence = ?"
                                + " AND replica_no = (SELECT no FROM tm_replica WHERE id = ?)",
                        location,
                        sequence,
                        replica.value());
            }
            return sequences.size();
        });
    }

    void erasureDone(Instant next) {
        tables.update("UPDATE tm_remote SET erase_at = ? WHERE location = ?", next.toEpochMilli(), location);
    }

    /** Returns the time before which snapshots may contain erased values; 1970-01-01 if none may. */
    Instant snapshotsToReplace() {
        Long millis = tables.first(
                "SELECT replace_snapshots FROM tm_remote WHERE location = ?", row -> row.getLong(1), location);
        return Instant.ofEpochMilli(millis == null ? 0 : millis);
    }

    void snapshotsReplaced(Instant before) {
        tables.update(
                "UPDATE tm_remote SET replace_snapshots = 0 WHERE location = ? AND replace_snapshots = ?",
                location,
                before.toEpochMilli());
    }

    /** Returns the retired replicas, each with its last change that counts. */
    Map<ReplicaId, Long> retired() {
        return ends("SELECT replica, last FROM tm_remote_retired");
    }

    /** Returns the former ids of this replica, each with its last change that counts. */
    Map<ReplicaId, Long> formerIds() {
        return ends("SELECT replica, last FROM tm_remote_retired WHERE former > 0");
    }

    private Map<ReplicaId, Long> ends(String sql) {
        Map<ReplicaId, Long> ends = new HashMap<>();
        tables.list(sql, row -> Map.entry(new ReplicaId(row.getLong(1)), row.getLong(2)))
                .forEach(end -> ends.put(end.getKey(), end.getValue()));
        return ends;
    }

    /**
     * Records that a replica is retired, so that no replica waits for it any more. If it was retired before, the
     * greater number counts.
     */
    void retire(ReplicaId replica, long last) {
        database.retire(replica, last);
    }

    /** Returns the last record that this replica has read of each other device. */
    Map<ReplicaId, DeviceRecord> devices() {
        Map<ReplicaId, DeviceRecord> devices = new HashMap<>();
        objects.all(RemoteNames.DEVICES)
                .values()
                .forEach(entry -> RemoteNames.RecordName.parse(entry.name())
                        .ifPresent(name -> devices.put(name.replica(), DeviceRecord.read(name, entry.content()))));
        return devices;
    }

    /** Returns when the blobs of this epoch were last compared with the references to them; null if never. */
    @Nullable
    Instant blobsCheckedAt(String epoch) {
        return tables.first(
                "SELECT compared_at FROM tm_blob_location WHERE location = ? AND epoch = ?",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                location,
                epoch);
    }

    void markBlobsChecked(String epoch, Instant at) {
        tables.update(
                "INSERT OR REPLACE INTO tm_blob_location(location, compared_at, epoch) VALUES (?, ?, ?)",
                location,
                at.toEpochMilli(),
                epoch);
    }
}
