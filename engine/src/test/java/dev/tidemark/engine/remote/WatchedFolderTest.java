package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.sync.OverridableStorage;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A background sync detects changes that a sync client brings into its folder. */
@EnabledOnOs(OS.LINUX)
class WatchedFolderTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();
    private static final Duration FAR = Duration.ofHours(10);

    /** Less than the time after which it would look anyway. */
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private final ManualTimer timer = new ManualTimer();
    private Path here;
    private Path there;
    private Database ann;
    private Database bob;
    private SyncService service;
    private int syncs;

    @BeforeEach
    void open() throws IOException {
        here = Files.createDirectory(folder.resolve("here"));
        there = Files.createDirectory(folder.resolve("there"));
        ann = device(folder, "ann");
        bob = device(folder, "bob");
        service = SyncService.start(ann, "test", timer, new Random(1));
        service.listen(status -> {
            if (status.progress() != null && status.progress().phase() == SyncStatus.Progress.Phase.LOOKING) {
                syncs++;
            }
        });
    }

    @AfterEach
    void close() {
        service.close();
        ann.close();
        bob.close();
    }

    private static Database device(Path folder, String name) {
        return Database.open(
                folder.resolve(name + ".db"),
                SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).named(name));
    }

    private static void add(Database database, String title) {
        database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), title));
    }

    /**
     * Both devices are in one library, and what they have put is everywhere. The system has told of it before the
     * service's clock goes on: else it would find that this drive tells nothing, and give up listening.
     */
    private void settle() {
        bringTogether();
        int before = syncs;
        carry(there, here);
        passUntil(() -> syncs > before);
        timer.pass(Duration.ofSeconds(30));
        assertThat(ann.library()).isEqualTo(bob.library());
    }

    /** The same where nothing is told. */
    private void settleByLooking() {
        bringTogether();
        carry(there, here);
        timer.pass(Duration.ofSeconds(30));
        assertThat(ann.library()).isEqualTo(bob.library());
    }

    private void bringTogether() {
        timer.pass(Duration.ofSeconds(3));
        carry(here, there);
        syncBob();
    }

    private void syncBob() {
        try (RemoteStorage storage = FolderStorage.open(there)) {
            RemoteLibrary.open(bob, storage).sync();
        }
    }

    /** As folder tools do: each file under a name of theirs first. */
    private static void carry(Path from, Path to) {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                if (!Files.exists(target)) {
                    Files.createDirectories(target.getParent());
                    Path half = target.resolveSibling("~syncthing~" + file.getFileName() + ".tmp");
                    Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets time pass on the service's clock as long as this is not so; the system tells when it likes. */
    private Duration passUntil(BooleanSupplier condition) {
        Instant begin = timer.now();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
            timer.pass(Duration.ofMillis(1));
        }
        return Duration.between(begin, timer.now());
    }

    @Proof
    @Test
    void whatAToolCarriesInIsMergedSoonerThanTheServiceWouldLook() {
        service.configure(SyncService.Target.folder(here, FAR));
        settle();
        for (int round = 0; round < 3; round++) {
            add(bob, "by Bob " + round);
            syncBob();
            carry(there, here);
            assertThat(passUntil(() -> ann.dump().equals(bob.dump()))).isLessThan(SOON);
        }
    }

    @Proof
    @Test
    void ownFilesStartNoSyncs() {
        service.configure(SyncService.Target.folder(here, FAR));
        settle();
        int before = syncs;
        add(ann, "by Ann");
        timer.pass(Duration.ofSeconds(2));
        assertThat(syncs).isEqualTo(before + 1);
        // What the system tells of these files has arrived once it has told of one that comes after them.
        int until = syncs;
        add(bob, "by Bob");
        syncBob();
        carry(there, here);
        passUntil(() -> syncs > until);
        timer.pass(Duration.ofMinutes(10));
        assertThat(syncs).isLessThanOrEqualTo(until + 2);
    }

    @Proof
    @Test
    void aFileThatHadItsLengthBeforeItsContentIsTakenWhenItIsWritten() throws Exception {
        service.configure(SyncService.Target.folder(here, FAR));
        settle();
        add(bob, "by Bob");
        syncBob();
        Path segment;
        try (Stream<Path> found = Files.walk(there)) {
            segment = found.filter(file ->
                            file.toString().endsWith(".seg") && !Files.exists(here.resolve(there.relativize(file))))
                    .findFirst()
                    .orElseThrow();
        }
        Path target = here.resolve(there.relativize(segment));
        Files.createDirectories(target.getParent());
        Files.write(target, new byte[(int) Files.size(segment)]);
        SyncReport before = service.status().lastReport();
        passUntil(() -> !service.status().lastReport().equals(before));
        assertThat(service.status().lastReport().quarantined()).hasSize(1);
        Files.write(target, Files.readAllBytes(segment));
        assertThat(passUntil(() -> ann.dump().equals(bob.dump()))).isLessThan(SOON);
        assertThat(service.status().lastReport().quarantined()).isEmpty();
    }

    @Test
    void aDriveThatAnnouncesNothingIsLookedAtEverySecondOnceThatIsKnown() {
        AskedForWatch storage = new AskedForWatch(FolderStorage.open(here));
        service.configure(new SyncService.Target(here.toString(), () -> storage, FAR));
        settleByLooking();
        for (int round = 0; round < 3; round++) {
            add(bob, "by Bob " + round);
            syncBob();
            carry(there, here);
            timer.pass(round == 0 ? Duration.ofSeconds(10) : Duration.ofMillis(1_001));
            assertThat(ann.dump()).isEqualTo(bob.dump());
            timer.pass(Duration.ofSeconds(5));
        }
        assertThat(storage.asked).isEqualTo(1);
        assertThat(storage.ended).isTrue();
        // Nor is it asked again after a trouble.
        service.notifyUserActive();
        timer.pass(Duration.ofMinutes(1));
        storage.fails = true;
        add(ann, "by Ann");
        timer.pass(Duration.ofSeconds(3));
        assertThat(service.status().state()).isEqualTo(SyncStatus.State.RETRYING);
        storage.fails = false;
        timer.pass(Duration.ofMinutes(10));
        assertThat(service.status().state()).isEqualTo(SyncStatus.State.IDLE);
        assertThat(storage.asked).isEqualTo(1);
    }

    /** As over a network: the system promises to tell, and what others do is never told. */
    private static final class AskedForWatch extends OverridableStorage {
        private int asked;
        private boolean ended;
        private boolean fails;

        AskedForWatch(RemoteStorage storage) {
            super(storage);
        }

        @Override
        public Optional<Watch> watch(String prefix, String after, Consumer<String> changed) {
            asked++;
            return Optional.of(new Watch() {
                @Override
                public boolean isActive() {
                    return true;
                }

                @Override
                public void close() {
                    ended = true;
                }
            });
        }

        @Override
        public void put(String name, byte[] content) {
            if (fails) {
                throw new dev.tidemark.engine.problem.StorageException(
                        dev.tidemark.engine.problem.Problem.STORAGE_REQUEST_FAILED, "It does not want to.");
            }
            super.put(name, content);
        }
    }

    @Proof
    @Test
    void anotherProcessIsHeardThroughTheSameFolder() throws Exception {
        try (SyncService own = SyncService.start(bob, "test")) {
            own.configure(SyncService.Target.folder(here, FAR));
            own.syncNow().get(30, TimeUnit.SECONDS);
            Process other = ChildProcess.of(OtherDevice.class, List.of(), folder, here)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!bob.dump().contains("from another process")) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    LockSupport.parkNanos(10_000_000);
                }
                // It waits for the answer through its own service, and ends.
                add(bob, "answer");
                assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(other.exitValue()).isZero();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    /** Writes, and waits until somebody answers. */
    static final class OtherDevice {
        private OtherDevice() {}

        public static void main(String[] arguments) {
            try (Database database = device(Path.of(arguments[0]), "other");
                    SyncService service = SyncService.start(database, "test")) {
                add(database, "from another process");
                service.configure(SyncService.Target.folder(Path.of(arguments[1]), FAR));
                while (!database.dump().contains("answer")) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }
}
