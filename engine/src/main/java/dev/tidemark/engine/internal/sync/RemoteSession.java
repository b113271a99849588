package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.encryption.AgeLibrary;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.storage.ClockCheck;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Syncs a database with a storage, one sync at a time, and keeps state in memory between syncs. */
public final class RemoteSession {
    private final SqliteDatabase database;
    private final RemoteStorage raw;
    private final EncryptionGate gate;
    private final CountingStorage storage;
    private final String program;
    private final InstantSource clock;
    private final Transfers transfers;
    private final SyncRunStore runs;
    private final StorageFailures failures = new StorageFailures();
    private final FileErrorRegistry fileErrors = new FileErrorRegistry();

    /**
     * The part of a name by which this device recognises its own files. It is cached because notifications must not
     * read the database.
     */
    private volatile String ownFolder = "";

    /** @param program the program and its version, for the device record */
    public RemoteSession(Database database, RemoteStorage storage, String program, InstantSource clock) {
        this(database, storage, program, clock, Encryption.of(storage));
    }

    private RemoteSession(
            Database database, RemoteStorage storage, String program, InstantSource clock, Encryption encryption) {
        this(database, storage, program, clock, encryption, ScryptCost.of(encryption), new Transfers());
    }

    /**
     * @param cost the scrypt work factors for new key files
     */
    public RemoteSession(
            Database database,
            RemoteStorage storage,
            String program,
            InstantSource clock,
            Encryption encryption,
            ScryptCost cost) {
        this(database, storage, program, clock, encryption, cost, new Transfers());
    }

    /**
     * @param transfers runs the requests. Simulations run them one after another.
     */
    RemoteSession(
            Database database,
            RemoteStorage storage,
            String program,
            InstantSource clock,
            Encryption encryption,
            ScryptCost cost,
            Transfers transfers) {
        this.transfers = transfers;
        if (encryption.isOn()) {
            AgeLibrary.require();
        }
        this.database = SyncHistoryReader.require(database);
        this.raw = storage;
        EncryptionPin pin = new EncryptionPin(this.database, storage.description());
        this.gate = new EncryptionGate(storage, pin, encryption, clock, cost);
        this.runs = new SyncRunStore(this.database);
        this.storage = new CountingStorage(gate.storage(), failures::count);
        this.program = program;
        this.clock = clock;
    }

    /** Returns the history of this database's syncs. */
    public SyncRunStore runs() {
        return runs;
    }

    /** Stores the number of storage calls that have failed since the last call of this method. */
    public void recordFailures() {
        runs.addFailures(failures.drain(), clock.instant());
    }

    /** Returns the number of bytes sent and received so far. */
    public long bytes() {
        return storage.counts().bytesSent() + storage.counts().bytesReceived();
    }

    public Instant now() {
        return clock.instant();
    }

    public String location() {
        return raw.description();
    }

    /** Syncs once. Waits until any other sync of the database has ended. */
    public SyncReport sync(SyncOptions options) {
        options.progress().accept(new SyncStatus.Progress(SyncStatus.Progress.Phase.LOOKING, 0, 0));
        SyncLock lock = SyncLock.acquire(database.file(), options.lockTimeout(), options.cancelled());
        try (lock) {
            return sync().run(countingBytes(options));
        }
    }

    /** Returns the devices in the storage, including this device. */
    public List<Device> devices() {
        RemoteListing listing = gate.list(storage);
        SyncContext context = context();
        Map<ReplicaId, DeviceRecord> others = new OtherDevices(context).read(listing);
        Map<ReplicaId, Long> retired = context.remoteState().retired();
        listing.retirements().keySet().forEach(name -> retired.merge(name.replica(), name.last(), Math::max));
        return new RemoteDevices(database, retired, clock.instant())
                .of(Stream.concat(Stream.of(new DeviceRecordWriter(context).current()), others.values().stream())
                        .toList());
    }

    /** Returns the number and size of the files in the storage, by kind and by device. */
    public StorageUsage storageUsage() {
        return StorageUsageCounter.of(raw.list("", null), database.library());
    }

    /** Downloads a blob. May run at the same time as a sync. */
    public void downloadBlob(BlobId id, LongConsumer progress) {
        gate.unlockIfLocked();
        new RemoteBlobs(database, storage, clock).download(id, progress);
    }

    /** Syncs, then retires another device unless the sync was cancelled (docs/correctness.md#r7). */
    public SyncReport retire(ReplicaId replica, SyncOptions options) {
        if (replica.equals(database.replica())) {
            throw new SyncException(Problem.CHANGELOG_RETIRES_ITSELF);
        }
        SyncLock lock = SyncLock.acquire(database.file(), options.lockTimeout(), options.cancelled());
        try (lock) {
            LibrarySync sync = sync();
            SyncReport report = sync.run(countingBytes(options));
            if (!report.cancelled()) {
                sync.retire(replica, report);
            }
            return report;
        }
    }

    /** Starts a new epoch, in which the data of this device becomes the library of the storage. */
    public SyncReport startNewEpoch(SyncOptions options) {
        return syncAfterDecision(options, (choice, listing) -> choice.startNewEpoch());
    }

    /** Joins the library in the storage, and merges its content with the content of this device. */
    public SyncReport merge(SyncOptions options) {
        return syncAfterDecision(options, (choice, listing) -> {
            gate.requireEncrypted(listing);
            gate.unpinKey();
            choice.merge(new OtherDevices(context()).read(listing).values());
        });
    }

    /**
     * Copies the database to a backup file, then replaces the content of this device with the library in the storage.
     */
    public SyncReport replace(SyncOptions options) {
        return syncAfterDecision(options, (choice, listing) -> {
            gate.requireEncrypted(listing);
            gate.unpinKey();
            choice.replace(database.backup(clock.instant()));
        });
    }

    private SyncReport syncAfterDecision(SyncOptions options, BiConsumer<LibraryChoice, RemoteListing> decision) {
        SyncLock lock = SyncLock.acquire(database.file(), options.lockTimeout(), options.cancelled());
        try (lock) {
            RemoteListing listing = gate.list(storage);
            LibraryChoice choice =
                    new LibraryChoice(database, storage, context().remoteState(), listing);
            choice.requireKnownFormat();
            decision.accept(choice, listing);
            fileErrors.reset();
            return sync().run(countingBytes(options));
        }
    }

    private LibrarySync sync() {
        return new LibrarySync(context());
    }

    private SyncContext context() {
        return new SyncContext(
                database,
                storage,
                new CountingStorage(storage),
                gate,
                program,
                clock,
                fileErrors,
                new RemoteStateStore(database, storage.description()),
                transfers);
    }

    private SyncOptions countingBytes(SyncOptions options) {
        CountingStorage.Counts before = storage.counts();
        return options.with(progress -> {
            CountingStorage.Counts moved = storage.counts().since(before);
            options.progress().accept(progress.with(moved.bytesSent() + moved.bytesReceived()));
        });
    }

    /** Returns a warning about a condition that does not stop the sync. */
    public Optional<TidemarkException> warning() {
        return raw.clockAhead().map(ahead -> ClockCheck.warning(ahead, raw.description()));
    }

    /** Clears file errors. The next sync then retries all files, and verifies the library file and the key files. */
    public void retryAll() {
        fileErrors.reset();
    }

    /**
     * Returns a number that changes when files of other devices change; empty if listings of the storage are not free.
     */
    public OptionalLong fingerprint() {
        if (!storage.isListingFree()) {
            return OptionalLong.empty();
        }
        String own = "/" + database.replica() + "/";
        ownFolder = own;
        long sum = 1L + fileErrors.rewritten();
        for (StoredObject object : raw.list(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS)) {
            if (!object.name().contains(own)) {
                sum = sum * 0x9E3779B97F4A7C15L + object.hashCode();
            }
        }
        return OptionalLong.of(sum);
    }

    /**
     * Watches the storage. Calls the listener on another thread when another device may have changed a file. Empty if
     * the storage cannot be watched.
     */
    public Optional<RemoteStorage.Watch> watch(Runnable changed) {
        ownFolder = "/" + database.replica() + "/";
        return raw.watch(RemoteNames.ROOT, RemoteNames.AFTER_BLOBS, name -> {
            if (!name.contains(ownFolder)) {
                fileErrors.changed(name);
                changed.run();
            }
        });
    }
}
