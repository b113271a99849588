package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.proof.Proof;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at uniformly random times while it saves or syncs. Afterwards, all acknowledged ids exist. */
@Proof
class KilledProcessIT {
    private static final int KILLS = 8;
    private static final int ITEMS_OF_OTHER = 30;
    private static final long LONGEST_LIFE_MILLIS = 700;

    @TempDir
    private Path folder;

    private final Map<UUID, String> acknowledged = new LinkedHashMap<>();
    private Path killed;
    private Path other;
    private Random random;

    @BeforeEach
    void setUp() throws IOException {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("Killing with -Dtidemark.seed=" + seed);
        random = new Random(seed);
        Path shared = Files.createDirectory(folder.resolve("shared"));
        killed = folder.resolve("killed");
        other = folder.resolve("other");
        for (Path profile : List.of(killed, other)) {
            TidemarkProcess.run(profile, "config", "set", "sync.folder", shared.toString())
                    .printed();
        }
    }

    @Test
    void nothingAcknowledgedIsMissingAfterKillsInTheMiddleOfSaving() throws IOException {
        int hits = 0;
        for (int round = 1; round <= KILLS; round++) {
            hits += "open".equals(lifeAndDeath(SavingProgram.class, "saved", "saved-" + round)) ? 1 : 0;
            assertNothingIsMissing();
            TidemarkProcess.run(killed, "sync").printed();
        }
        assertBothAgree();
        System.out.printf(
                "%d of %d kills hit an open transaction; %d acknowledged items, none missing%n",
                hits, KILLS, acknowledged.size());
        assertThat(hits).isGreaterThanOrEqualTo(KILLS / 2);
    }

    @Test
    void nothingAcknowledgedIsMissingAfterKillsInTheMiddleOfSyncing() throws IOException {
        int hits = 0;
        for (int round = 1; round <= KILLS; round++) {
            addToOther(round);
            syncOther();
            hits += "syncing".equals(lifeAndDeath(SyncingProgram.class, "synced", "synced-" + round)) ? 1 : 0;
            assertNothingIsMissing();
            TidemarkProcess.run(killed, "sync").printed();
            assertBothAgree();
        }
        System.out.printf(
                "%d of %d kills hit a running sync; %d acknowledged items, none missing%n",
                hits, KILLS, acknowledged.size());
        assertThat(hits).isGreaterThanOrEqualTo(KILLS / 2);
    }

    /** Lets the program live for a random time from when it first said this; returns what it was in the middle of. */
    private @Nullable String lifeAndDeath(Class<?> program, String birth, String titles) throws IOException {
        String last = null;
        try (TidemarkProcess process = TidemarkProcess.program(program, killed.toString(), titles);
                BufferedWriter log = Files.newBufferedWriter(folder.resolve(titles + ".log"))) {
            Thread killer = null;
            for (String line = process.readLine(); line != null; line = process.readLine()) {
                killer = killer == null && line.startsWith(birth) ? killer(process) : killer;
                if (!line.startsWith("saved ")) {
                    last = line;
                    continue;
                }
                last = null;
                log.write(line);
                log.newLine();
                log.flush();
                acknowledged.put(UUID.fromString(line.substring(6, 42)), line.substring(43));
            }
            assertThat(process.errors()).isEmpty();
            assertThat(killer).as("the program said %s before it ended", birth).isNotNull();
        }
        return last;
    }

    private Thread killer(TidemarkProcess process) {
        long life = TimeUnit.MILLISECONDS.toNanos(random.nextLong(LONGEST_LIFE_MILLIS));
        return Thread.ofPlatform().start(() -> {
            long end = System.nanoTime() + life;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            process.kill();
        });
    }

    private void assertNothingIsMissing() {
        try (Database database = Database.open(killed.resolve("tidemark.db"), LibrarySchema.SCHEMA)) {
            Map<UUID, String> found = database.list(ItemQueries.items(null, true, false)).stream()
                    .collect(Collectors.toMap(Item::id, Item::title));
            assertThat(found).containsAllEntriesOf(acknowledged);
        }
    }

    private void addToOther(int round) {
        try (AppContext composition = AppContext.of(ProfileFolders.below(other))) {
            for (int item = 0; item < ITEMS_OF_OTHER; item++) {
                new Items(composition.database()).add(NewItem.todo("from the other, round " + round));
            }
        }
    }

    private String syncOther() {
        try (AppContext composition = AppContext.of(ProfileFolders.below(other));
                RemoteStorage storage = composition.requireRemote().open()) {
            assertThat(RemoteLibrary.open(composition.database(), storage)
                            .sync()
                            .isComplete())
                    .isTrue();
            return composition.database().dump();
        }
    }

    private void assertBothAgree() {
        String dump = syncOther();
        try (AppContext composition = AppContext.of(ProfileFolders.below(killed))) {
            assertThat(composition.database().dump()).isEqualTo(dump);
        }
    }
}
