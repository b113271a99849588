package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this replica durably remembers of one remote. Thread-safe. */
final class RemoteStateStore implements SegmentLedger {
    /** In place of a time of removal: the file was read as a whole. */
    private static final int VERIFIED = -1;

    private final SqliteDatabase database;
    /** What the entries of replicas of which changes lack begin with, beside names of files. */
    private static final String LACKING = "lacking/";

    private final String location;

    /**
     * What it is to us.
     *
     * @param library the library that was joined there
     * @param epoch its epoch then
     * @param created whether this replica wrote its library file
     * @param uploaded whether anything of ours was there
     * @param pushedUpTo our own head there
     * @param record the number of our last device record
     * @param recordContent the news in it
     * @param recordAt when it was written
     * @param successAt when a sync last succeeded, as far as it was written down
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

    RemoteStateStore(SqliteDatabase database, String location) {
        this.database = database;
        this.location = location;
    }

    private <T extends @Nullable Object> T query(SqlFunction<Statements, T> question) {
        return database.query(question);
    }

    private void update(SqlFunction<Statements, Integer> work) {
        database.update(work);
    }

    @Nullable
    State state() {
        return query(statements -> statements.first(
                """
                SELECT library, epoch, founded, uploaded, published, record, record_content, record_at, success_at
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
                location));
    }

    /** Whether this library was ever joined with any remote, so that it cannot become another without being asked. */
    boolean hasJoinedAny() {
        return query(statements ->
                statements.first("SELECT 1 FROM tm_remote WHERE uploaded = 1 LIMIT 1", row -> true) != null);
    }

    /** Our own head at the remote that has most of it. */
    long pushedAnywhere() {
        Long published = query(statements ->
                statements.first("SELECT coalesce(max(published), 0) FROM tm_remote", row -> row.getLong(1)));
        return published == null ? 0 : published;
    }

    void join(UUID library, int epoch, boolean founded) {
        update(statements -> statements.update(
                """
                INSERT INTO tm_remote(location, library, epoch, founded, uploaded) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (location) DO UPDATE SET
                  library = excluded.library, epoch = excluded.epoch, founded = excluded.founded\
                """, location, ChangeCodec.bytesOf(library), (long) epoch, founded ? 1L : 0L, founded ? 0L : 1L));
    }

    /** This replica is about to found a library here in this epoch; what was here before does not count any more. */
    void beginEpoch(UUID library, int epoch) {
        update(statements -> {
            statements.update("DELETE FROM tm_remote_chain WHERE location = ?", location);
            return statements.update("""
                INSERT INTO tm_remote(location, library, epoch, founded, uploaded) VALUES (?, ?, ?, 1, 0)
                ON CONFLICT (location) DO UPDATE SET
                  library = excluded.library, epoch = excluded.epoch, founded = 1, uploaded = 0\
                """, location, ChangeCodec.bytesOf(library), (long) epoch);
        });
    }

    /** A person has chosen the library that holds here from now on; the others are its aliases. */
    void choose(UUID library, int epoch, Set<UUID> aliases) {
        update(statements -> {
            statements.update("DELETE FROM tm_remote_alias WHERE library = ?", ChangeCodec.bytesOf(library));
            for (UUID alias : aliases) {
                addAlias(statements, alias);
            }
            return statements.update("""
                INSERT INTO tm_remote(location, library, epoch, founded, uploaded) VALUES (?, ?, ?, 0, 1)
                ON CONFLICT (location) DO UPDATE SET
                  library = excluded.library, epoch = excluded.epoch, founded = 0, uploaded = 1\
                """, location, ChangeCodec.bytesOf(library), (long) epoch);
        });
    }

    /** The library that was joined becomes an alias of a smaller one, at this remote. */
    void giveWay(UUID library, int epoch, UUID alias) {
        update(statements -> {
            addAlias(statements, alias);
            return statements.update(
                    "UPDATE tm_remote SET library = ?, epoch = ?, founded = 0, uploaded = 1 WHERE location = ?",
                    ChangeCodec.bytesOf(library),
                    (long) epoch,
                    location);
        });
    }

    private static void addAlias(Statements statements, UUID alias) throws java.sql.SQLException {
        statements.update("INSERT OR IGNORE INTO tm_remote_alias(library) VALUES (?)", ChangeCodec.bytesOf(alias));
    }

    Set<UUID> aliases() {
        return query(statements -> new HashSet<>(
                statements.list("SELECT library FROM tm_remote_alias", row -> ChangeCodec.idOf(row.getBytes(1)))));
    }

    void addAliases(Set<UUID> aliases) {
        update(statements -> {
            for (UUID alias : aliases) {
                addAlias(statements, alias);
            }
            return 0;
        });
    }

    void uploaded() {
        update(statements -> statements.update("UPDATE tm_remote SET uploaded = 1 WHERE location = ?", location));
    }

    /** Whether a repair has written changes again since the last snapshot that was put here for that. */
    boolean isRestamped() {
        return query(statements ->
                statements.first("SELECT 1 FROM tm_remote_restamped WHERE location = ?", row -> true, location)
                        != null);
    }

    void markRestampedCovered() {
        update(statements -> statements.update("DELETE FROM tm_remote_restamped WHERE location = ?", location));
    }

    void synced(long published, Instant successAt) {
        update(statements -> statements.update(
                "UPDATE tm_remote SET published = ?, success_at = ? WHERE location = ?",
                published,
                successAt.toEpochMilli(),
                location));
    }

    @Override
    public @Nullable String lastHash(ReplicaId replica) {
        return query(statements -> statements.first(
                "SELECT hash FROM tm_remote_chain WHERE location = ? AND replica = ?",
                row -> row.getString(1),
                location,
                replica.value()));
    }

    @Override
    public void plan(List<Planned> segments) {
        update(statements -> {
            for (Planned segment : segments) {
                addFile(statements, segment.name().toString(), segment.size());
                statements.update(
                        "INSERT OR REPLACE INTO tm_remote_chain(location, replica, hash) VALUES (?, ?, ?)",
                        location,
                        segment.name().replica().value(),
                        segment.name().hash());
            }
            return statements.update("UPDATE tm_remote SET uploaded = 1 WHERE location = ?", location);
        });
    }

    /** Names a file durably before it is put, or one that turned out to hold what we have. */
    void planFile(String name, long size) {
        update(statements -> addFile(statements, name, size));
    }

    /** Names a device record durably, with its number and content, before it is put. */
    void planRecord(String name, long size, long number, String content, Instant at) {
        update(statements -> {
            addFile(statements, name, size);
            statements.update(
                    "DELETE FROM tm_remote_file WHERE location = ? AND name >= ? AND name < ?",
                    location,
                    RemoteNames.recordsOf(database.replica()),
                    RemoteNames.recordsBefore(database.replica(), number - ForkDetection.RECORDS_KEPT_IN_MIND));
            return statements.update(
                    "UPDATE tm_remote SET record = ?, record_content = ?, record_at = ?, uploaded = 1 WHERE location ="
                            + " ?",
                    number,
                    content,
                    at.toEpochMilli(),
                    location);
        });
    }

    private int addFile(Statements statements, String name, long size) throws java.sql.SQLException {
        return statements.update(
                "INSERT OR REPLACE INTO tm_remote_file(location, name, size) VALUES (?, ?, ?)", location, name, size);
    }

    /** The files that others have taken the place of, whose names begin so, with when they may be removed. */
    Map<String, Instant> removals(String prefix) {
        return query(statements -> {
            Map<String, Instant> removals = new HashMap<>();
            statements.list(
                    "SELECT name, remove_at FROM tm_remote_file"
                            + " WHERE location = ? AND name >= ? AND name < ? AND remove_at > 0",
                    row -> removals.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2))) == null,
                    location,
                    prefix,
                    prefix + "\uFFFF");
            return removals;
        });
    }

    /** Notes that a file was read as a whole, so that later runs need not fetch it to know. */
    void markVerified(String name, long size) {
        update(statements -> statements.update(
                "INSERT INTO tm_remote_file(location, name, size, remove_at) VALUES (?, ?, ?, ?) ON CONFLICT"
                        + " (location, name) DO UPDATE SET remove_at = excluded.remove_at WHERE remove_at = 0",
                location,
                name,
                size,
                VERIFIED));
    }

    /** Whether a file was once read as a whole, and is not to be removed. */
    boolean isVerified(String name) {
        return query(statements -> statements.first(
                        "SELECT 1 FROM tm_remote_file WHERE location = ? AND name = ? AND remove_at = ?",
                        row -> true,
                        location,
                        name,
                        VERIFIED))
                != null;
    }

    /** Remembers when these files, given with their sizes, may be removed. */
    void planRemoval(Map<String, Long> files, Instant at) {
        update(statements -> {
            for (Map.Entry<String, Long> file : files.entrySet()) {
                statements.update(
                        "INSERT OR REPLACE INTO tm_remote_file(location, name, size, remove_at) VALUES (?, ?, ?, ?)",
                        location,
                        file.getKey(),
                        file.getValue(),
                        at.toEpochMilli());
            }
            return 0;
        });
    }

    /** A file that was to be removed is needed after all. */
    void cancelRemoval(String name) {
        update(statements -> statements.update(
                "UPDATE tm_remote_file SET remove_at = 0 WHERE location = ? AND name = ?", location, name));
    }

    /** These files are not there any more. */
    void forgetFiles(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        update(statements -> {
            for (String name : names) {
                statements.update("DELETE FROM tm_remote_file WHERE location = ? AND name = ?", location, name);
            }
            return 0;
        });
    }

    @Override
    public void stored(List<SegmentName> segments) {
        // That they were named is what tells them from a twin's; whether they are there, the next listing says.
    }

    /** Whether we named this file, in whatever place: names carry a hash of their content. */
    boolean isNamedAnywhere(String name) {
        Long named = query(statements -> statements.first(
                "SELECT 1 FROM tm_remote r JOIN tm_remote_file f ON f.location = r.location WHERE f.name = ? LIMIT 1",
                row -> row.getLong(1),
                name));
        return named != null;
    }

    /** The size of a file that we named; null if we never did. */
    @Nullable
    Long sizeOf(String name) {
        return query(statements -> statements.first(
                "SELECT size FROM tm_remote_file WHERE location = ? AND name = ?",
                row -> row.getLong(1),
                location,
                name));
    }

    /** All files that we named whose names begin so, with their sizes. */
    Map<String, Long> files(String prefix) {
        return query(statements -> {
            Map<String, Long> files = new HashMap<>();
            statements.list(
                    "SELECT name, size FROM tm_remote_file WHERE location = ? AND name >= ? AND name < ?",
                    row -> files.put(row.getString(1), row.getLong(2)) == null,
                    location,
                    prefix,
                    prefix + "\uFFFF");
            return files;
        });
    }

    /** Since when these files are known as damaged; others are forgotten. Writes only what is new. */
    Map<String, Instant> damagedSince(Set<String> damaged, Instant now) {
        return noticedSince(SegmentName.FOLDER, damaged, now);
    }

    /** Remembers of which replicas changes lack; returns since when each does. */
    Map<ReplicaId, Instant> lackingSince(Set<ReplicaId> lacking, Instant now) {
        Set<String> names =
                lacking.stream().map(replica -> LACKING + replica).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Instant> noticed = noticedSince(LACKING, names, now);
        Map<ReplicaId, Instant> since = new HashMap<>();
        lacking.forEach(replica -> since.put(replica, noticed.getOrDefault(LACKING + replica, now)));
        return since;
    }

    private Map<String, Instant> noticedSince(String folder, Set<String> damaged, Instant now) {
        Map<String, Instant> known = query(statements -> {
            Map<String, Instant> since = new HashMap<>();
            statements.list(
                    "SELECT name, noticed FROM tm_remote_damaged WHERE location = ?1 AND substr(name, 1, length(?2)) ="
                            + " ?2",
                    row -> since.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2))) == null,
                    location,
                    folder);
            return since;
        });
        if (known.keySet().equals(damaged)) {
            return known;
        }
        update(statements -> {
            statements.update(
                    "DELETE FROM tm_remote_damaged WHERE location = ?1 AND substr(name, 1, length(?2)) = ?2",
                    location,
                    folder);
            for (String name : damaged) {
                statements.update(
                        "INSERT INTO tm_remote_damaged VALUES (?, ?, ?)",
                        location,
                        name,
                        known.getOrDefault(name, now).toEpochMilli());
            }
            return damaged.size();
        });
        Map<String, Instant> since = new HashMap<>();
        damaged.forEach(name -> since.put(name, known.getOrDefault(name, now)));
        return since;
    }

    /** The replicas that are retired, each with the last of its changes that counts. */
    Map<ReplicaId, Long> retired() {
        return query(statements -> {
            Map<ReplicaId, Long> retired = new HashMap<>();
            statements.list(
                    "SELECT replica, last FROM tm_remote_retired",
                    row -> retired.put(new ReplicaId(row.getLong(1)), row.getLong(2)) == null);
            return retired;
        });
    }

    /** The ids that we had before we took the one we have, each with the last of its changes that counts. */
    Map<ReplicaId, Long> formerIds() {
        return query(statements -> {
            Map<ReplicaId, Long> former = new HashMap<>();
            statements.list(
                    "SELECT replica, last FROM tm_remote_retired WHERE former > 0",
                    row -> former.put(new ReplicaId(row.getLong(1)), row.getLong(2)) == null);
            return former;
        });
    }

    /** Remembers that a replica is retired; of two numbers the greater holds. Nobody waits for it any more. */
    void retire(ReplicaId replica, long last) {
        database.retire(replica, last);
    }

    /** The records of other devices that were read last, by device. */
    Map<ReplicaId, DeviceRecord> devices() {
        return query(statements -> {
            Map<ReplicaId, DeviceRecord> devices = new HashMap<>();
            for (String[] row : statements.list(
                    "SELECT record, content FROM tm_remote_device WHERE location = ?",
                    row -> new String[] {row.getString(1), row.getString(2)},
                    location)) {
                RemoteNames.RecordName.parse(row[0])
                        .ifPresent(name -> devices.put(
                                name.replica(),
                                DeviceRecord.read(name, row[1].getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            }
            return devices;
        });
    }

    /** What was in the record of another device that was read last; null if it is not this one. */
    @Nullable
    String recordContent(String name) {
        return query(statements -> statements.first(
                "SELECT content FROM tm_remote_device WHERE location = ? AND record = ?",
                row -> row.getString(1),
                location,
                name));
    }

    /** The names of the records that were read last, by device. */
    Map<ReplicaId, String> deviceRecords() {
        return query(statements -> {
            Map<ReplicaId, String> names = new HashMap<>();
            statements.list(
                    "SELECT replica, record FROM tm_remote_device WHERE location = ?",
                    row -> names.put(new ReplicaId(row.getLong(1)), row.getString(2)) == null,
                    location);
            return names;
        });
    }

    void rememberDevices(Map<RemoteNames.RecordName, String> records) {
        update(statements -> {
            for (Map.Entry<RemoteNames.RecordName, String> record : records.entrySet()) {
                statements.update(
                        """
                        INSERT OR REPLACE INTO tm_remote_device(location, replica, record, content)
                        VALUES (?, ?, ?, ?)\
                        """,
                        location,
                        record.getKey().replica().value(),
                        record.getKey().toString(),
                        record.getValue());
            }
            return 0;
        });
    }

    /** When the blobs there were last compared with what is referred to, in this epoch; null if they never were. */
    @Nullable
    Instant blobsCheckedAt(String epoch) {
        return query(statements -> statements.first(
                "SELECT looked FROM tm_blob_location WHERE location = ? AND epoch = ?",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                location,
                epoch));
    }

    void markBlobsChecked(String epoch, Instant at) {
        update(statements -> statements.update(
                "INSERT OR REPLACE INTO tm_blob_location(location, looked, epoch) VALUES (?, ?, ?)",
                location,
                at.toEpochMilli(),
                epoch));
    }
}
