package dev.tidemark.engine.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.disk.PowerCut.Survival;
import dev.tidemark.engine.internal.disk.WriteLog.Kind;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The number of fsyncs of each durability mode, and the database after a power cut at any point. Plain JDBC runs
 * through the same simulation to show that the simulated disk loses neither too little nor too much.
 */
class PowerCutIT {
    private static final int WRITERS = 4;
    private static final int COMMITS = 300;
    private static final int ALL = WRITERS * COMMITS;

    /** How long a commit of INTERVAL may be without an fsync here, where the machine may be busy with other things. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    @TempDir
    Path temporary;

    private int cuts = Integer.getInteger("tidemark.cuts", 25);
    private Random random;
    private Path folder;
    private FsyncShim shim;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("Cutting the power with -Dtidemark.seed=" + seed);
        random = new Random(seed);
        folder = Files.createDirectory(temporary.resolve("disk")).toRealPath();
        shim = FsyncShim.compile(folder, Files.createDirectory(temporary.resolve("aside")));
    }

    private WriteLog run(String how) throws Exception {
        ProcessBuilder process = Committer.process(folder, how, WRITERS, COMMITS);
        Path output = temporary.resolve("output.txt");
        shim.recordUnder(process.redirectOutput(output.toFile()));
        int exit = process.start().waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output))
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text)
                                .contains("ERROR", "An fsync of", "failed; the database refuses all further writes"));
        WriteLog log = shim.log();
        System.out.printf(
                "%s: %d commits of %d writers, %d fsyncs of the log, %d of the database, %d of the folder%n",
                how,
                ALL,
                WRITERS,
                log.count(Kind.SYNC_END, Committer.LOG),
                log.count(Kind.SYNC_END, Committer.DATABASE),
                log.count(Kind.FOLDER_END, ""));
        assertThat(log.count(Kind.SYNC_END, Committer.DATABASE))
                .as("fsyncs of checkpoints")
                .isGreaterThan(1);
        return log;
    }

    /**
     * Cuts the power at random points, mostly just after an acknowledgement, and in every way; returns in how many
     * cases something acknowledged was lost that was acknowledged within this time.
     */
    private int cut(WriteLog log, Duration mayLose) throws Exception {
        return cut(log, mayLose, 0, log.events().size());
    }

    private int cut(WriteLog log, Duration mayLose, int from, int to) throws Exception {
        PowerCut disk = new PowerCut(log);
        List<WriteLog.Event> events = log.events();
        int losses = 0;
        for (int point : random.ints(cuts, from, to).sorted().toArray()) {
            int end = random.nextInt(3) == 0 ? point : acknowledgementAfter(events, point);
            disk.advance(end);
            for (Survival survival : Survival.values()) {
                Path found = Files.createTempDirectory(temporary, "found");
                disk.restore(found, Committer.DATABASE, survival, random);
                Set<String> entries = FoundEntries.in(found);
                Set<String> missing = new TreeSet<>();
                Set<String> missingForLong = new TreeSet<>();
                long now = events.get(end - 1).nanos();
                for (WriteLog.Event event : events.subList(0, end)) {
                    if (event.name().equals(Committer.ACKNOWLEDGED)
                            && event.text().startsWith("saved ")
                            && !entries.contains(event.text().strip())) {
                        (event.nanos() <= now - mayLose.toNanos() ? missingForLong : missing)
                                .add(event.text().strip());
                    }
                }
                assertThat(missingForLong)
                        .as("lost at event %d of %d when %s of the rest survives", end, events.size(), survival)
                        .isEmpty();
                losses += missing.isEmpty() ? 0 : 1;
            }
        }
        System.out.printf(
                "%d power cuts, %d of them with a loss, none with a loss of what was acknowledged %s before%n",
                cuts * Survival.values().length, losses, mayLose);
        return losses;
    }

    private static int acknowledgementAfter(List<WriteLog.Event> events, int from) {
        for (int index = from; index < events.size(); index++) {
            if (events.get(index).name().equals(Committer.ACKNOWLEDGED)) {
                return index + 1;
            }
        }
        return events.size();
    }

    @Test
    void aPowerCutLosesNothingAcknowledged() throws Exception {
        cuts = 2;
        cut(run("GROUP"), Duration.ZERO);
    }

    @Proof
    @Test
    void alwaysSyncsEachCommitAndLosesNothingAcknowledged() throws Exception {
        WriteLog log = run("ALWAYS");
        assertThat(log.count(Kind.SYNC_END, Committer.LOG)).isGreaterThanOrEqualTo(ALL);
        cut(log, Duration.ZERO);
    }

    @Proof
    @Test
    void groupSharesFsyncsAndLosesNothingAcknowledged() throws Exception {
        shim = shim.delaying(Duration.ofMillis(2));
        WriteLog log = run("GROUP");
        assertThat(log.count(Kind.SYNC_END, Committer.LOG)).isLessThan(ALL * 2 / 3);
        cut(log, Duration.ZERO);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS", "GROUP", "INTERVAL-5"})
    void afterAFailedFsyncTheOutcomeIsUnknownNothingMoreIsSavedAndOpeningAgainHeals(String how) throws Exception {
        shim = shim.failingAt(10 + random.nextInt(20));
        WriteLog log = run(how);
        List<String> said = log.events().stream()
                .filter(event -> event.name().equals(Committer.ACKNOWLEDGED))
                .map(event -> event.text().substring(0, event.text().indexOf(' ')))
                .toList();
        assertThat(shim.counts().failed()).isEqualTo(1);
        assertThat(said).filteredOn("refused"::equals).as("each writer once").hasSize(WRITERS);
        if (!how.startsWith("INTERVAL")) {
            assertThat(said).filteredOn("unknown"::equals).hasSizeBetween(1, WRITERS);
        }
        System.out.printf(
                "%s: fsync failed after %d commits, %d outcomes unknown%n",
                how,
                said.indexOf("refused"),
                said.stream().filter("unknown"::equals).count());
        Duration mayLose = how.startsWith("INTERVAL") ? Duration.ofMillis(5).plus(SLACK) : Duration.ZERO;
        cut(log, mayLose);
        // What happens between closing and the first fsync after opening is the delicate part.
        int failed = log.indexOf(Kind.SYNC_FAILED);
        cut(log, mayLose, failed, failed + 300);
    }

    @Proof
    @Test
    void intervalLosesAtMostTheInterval() throws Exception {
        WriteLog log = run("INTERVAL-50");
        assertThat(log.count(Kind.SYNC_END, Committer.LOG)).isLessThan(ALL / 2);
        cut(log, Duration.ofMillis(50).plus(SLACK));
    }

    @Proof
    @Test
    void noneSyncsForCheckpointsOnlyAndLosesTheLatestButNeverTheFile() throws Exception {
        WriteLog log = run("NONE");
        assertThat(log.count(Kind.SYNC_END, Committer.LOG)).isLessThan(ALL / 20);
        assertThat(cut(log, Duration.ofDays(1)))
                .as("a disk that loses nothing would prove nothing")
                .isPositive();
    }

    @Proof
    @Test
    void plainJdbcWithFullSyncDoesAsAlwaysDoes() throws Exception {
        WriteLog log = run("JDBC-FULL");
        assertThat(log.count(Kind.SYNC_END, Committer.LOG)).isGreaterThanOrEqualTo(ALL);
        cut(log, Duration.ZERO);
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"INTERVAL-5, told", "NONE, refused again"})
    void failedFsyncThatNoCommitWaitsForIsToldAndNothingOfItLeavesTheFile(String how, String expected)
            throws Exception {
        ProcessBuilder process = FailingDisk.process(folder, how);
        Path output = temporary.resolve("failing.txt");
        shim.failingAt(15).countUnder(process.redirectOutput(output.toFile()));
        assertThat(process.start().waitFor()).as(Files.readString(output)).isZero();
        assertThat(shim.counts().failed()).isEqualTo(1);
        assertThat(Files.readAllLines(output)).contains(expected);
    }
}
