package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.sync.OverridableStorage;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageProbe.Outcome;
import dev.tidemark.engine.storage.StorageProbe.Report;
import dev.tidemark.engine.storage.StorageProbe.Step;
import dev.tidemark.engine.storage.StorageProbe.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageProbeTest {
    @TempDir
    Path folder;

    private static List<Outcome> outcomes(Report report) {
        return report.steps().stream().map(StepResult::outcome).toList();
    }

    @Test
    void triesEverythingAndLeavesNothingBehind() throws Exception {
        try (RemoteStorage storage = FolderStorage.open(folder)) {
            storage.put("v1/a", new byte[] {1});
        }
        List<Step> told = new ArrayList<>();
        Report report = StorageProbe.test(() -> FolderStorage.open(folder), step -> told.add(step.step()));
        assertThat(told).containsExactly(Step.values());
        assertThat(outcomes(report)).containsOnly(Outcome.WORKS);
        assertThat(report.isUsable()).isTrue();
        assertThat(report.steps()).allSatisfy(step -> assertThat(step.took()).isPositive());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("v1"));
        }
    }

    @Test
    void removesWhatATestLeftThatWasKilled() {
        MemoryStorage storage = new MemoryStorage();
        storage.put("tidemark-test-1500000000000-00000000", new byte[] {1});
        storage.put("tidemark-test-9500000000000-00000000", new byte[] {1});
        assertThat(StorageProbe.test(() -> storage, step -> {}).isUsable()).isTrue();
        assertThat(RemoteStorageContract.names(storage.list("", null)))
                .containsExactly("tidemark-test-9500000000000-00000000");
    }

    @Test
    void namesTheStepThatFailsAndTheSettingAtFault() {
        Report report = StorageProbe.test(() -> FolderStorage.open(folder.resolve("missing")), step -> {});
        assertThat(outcomes(report).getFirst()).isEqualTo(Outcome.FAILED);
        assertThat(outcomes(report).subList(1, 7)).containsOnly(Outcome.SKIPPED);
        StepResult failure = report.failure().orElseThrow();
        assertThat(failure.step()).isEqualTo(Step.OPEN);
        assertThat(failure.setting()).contains(StorageProbe.Setting.FOLDER);
    }

    @Test
    void aStorageThatMayNotBeWrittenFailsAtWriting() {
        Report report = StorageProbe.test(
                () -> new OverridableStorage(new MemoryStorage()) {
                    @Override
                    public void put(String name, byte[] content) {
                        throw new StorageException(Problem.STORAGE_MAY_NOT_WRITE, "notes");
                    }
                },
                step -> {});
        assertThat(outcomes(report))
                .containsExactly(
                        Outcome.WORKS,
                        Outcome.WORKS,
                        Outcome.FAILED,
                        Outcome.SKIPPED,
                        Outcome.SKIPPED,
                        Outcome.SKIPPED,
                        Outcome.SKIPPED);
        assertThat(report.failure().orElseThrow().setting()).contains(StorageProbe.Setting.ACCESS_KEY);
    }

    @Test
    void bytesThatComeBackChangedAreAFailureAndTheObjectIsRemoved() {
        MemoryStorage memory = new MemoryStorage();
        Report report = StorageProbe.test(
                () -> new OverridableStorage(memory) {
                    @Override
                    public byte[] get(String name) {
                        byte[] content = super.get(name);
                        return Arrays.copyOf(content, content.length / 2);
                    }
                },
                step -> {});
        assertThat(report.of(Step.READ).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.of(Step.DELETE).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(memory.list("", null)).isEmpty();
    }

    @Test
    void aListingThatLagsAndAReplacementThatIsSeenLateAreLimitations() {
        List<byte[]> first = new ArrayList<>();
        Report report = StorageProbe.test(
                () -> new OverridableStorage(new MemoryStorage()) {
                    @Override
                    public List<StoredObject> list(String prefix, String after) {
                        return List.of();
                    }

                    @Override
                    public void put(String name, byte[] content) {
                        super.put(name, content);
                        first.add(content);
                    }

                    @Override
                    public byte[] get(String name) {
                        super.get(name);
                        return first.getFirst();
                    }
                },
                step -> {});
        assertThat(report.isUsable()).isTrue();
        assertThat(report.of(Step.LIST_AFTER_WRITE).outcome()).isEqualTo(Outcome.LIMITED);
        assertThat(report.of(Step.OVERWRITE).outcome()).isEqualTo(Outcome.LIMITED);
    }

    @Test
    void aDeleteThatNeverHappensIsALimitation() {
        Report report = StorageProbe.test(
                () -> new OverridableStorage(new MemoryStorage()) {
                    @Override
                    public void delete(String name) {}
                },
                step -> {});
        assertThat(report.isUsable()).isTrue();
        StepResult deleted = report.of(Step.DELETE);
        assertThat(deleted.outcome()).isEqualTo(Outcome.LIMITED);
        assertThat(deleted.error()).hasMessageContaining("grows without end");
    }

    @Test
    void theRightRegionIsSuggestedWhereTheServerNamesIt() {
        Report report = StorageProbe.test(
                () -> {
                    throw new StorageException(Problem.STORAGE_REGION_OTHER, "notes", "eu-west-3");
                },
                step -> {});
        assertThat(report.failure().orElseThrow().setting()).contains(StorageProbe.Setting.REGION);
        assertThat(report.suggestion()).contains("eu-west-3");
    }
}
