package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.sync.NoticedEarlier;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class RemoteCommandTest {
    @TempDir
    private Path folder;

    private Path shared;

    @BeforeEach
    void setUp() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared"));
        for (String name : List.of("laptop", "phone")) {
            run(name, "config", "set", "device.name", name).printed();
            run(name, "config", "set", "sync.folder", shared.toString()).printed();
        }
    }

    private CommandRun run(String profile, String... arguments) {
        return CommandRun.on(folder.resolve(profile), arguments);
    }

    private void syncBoth() {
        run("laptop", "add", "Buy milk").printed();
        run("laptop", "sync").printed();
        run("phone", "sync").printed();
        run("laptop", "sync").printed();
    }

    @Test
    void theTestNamesEachStepAndLeavesNothingBehind() throws IOException {
        Map<String, Object> report = run("laptop", "remote", "test", "--json").object();
        assertThat(report).containsEntry("usable", true).containsEntry("setting", null);
        assertThat((List<?>) report.get("steps")).hasSize(7);
        assertThat(run("laptop", "remote", "test").printed()).contains("Write: ok", "This storage is usable.");
        try (Stream<Path> left = Files.walk(shared)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void theTestSaysWhichSettingIsWrong() {
        CommandRun failed =
                run("laptop", "remote", "test", folder.resolve("absent").toUri().toString(), "--json");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.output()).contains("\"usable\":false", "\"setting\":\"folder\"", "is not there");
        CommandRun keys = run("laptop", "remote", "test", "s3://notes?endpoint=http://127.0.0.1:9", "--json");
        assertThat(keys.code()).isEqualTo(1);
        assertThat(keys.output()).contains("\"setting\":\"access-key\"");
        assertThat(run("laptop", "remote", "test", "ftp://x").failure()).contains("not the address of a storage");
    }

    @Test
    void theTestWarnsWhereOthersCanReadAlongOnTheWay() {
        String open = "s3://notes?endpoint=http://127.0.0.1:9";
        assertThat(run("laptop", "remote", "test", open).output()).contains("can read along");
        assertThat(run("laptop", "remote", "test", open, "--json").output())
                .contains("\"warning\":\"What is sent to " + open + " is not encrypted on the way");
        assertThat(run("laptop", "remote", "test", "s3://notes?endpoint=https://127.0.0.1:9", "--json")
                        .output())
                .contains("\"warning\":null");
        run("laptop", "config", "set", "sync.encryption", "age").printed();
        assertThat(run("laptop", "remote", "test", open, "--json").output()).contains("\"warning\":null");
    }

    @Test
    void whoeverSyncsOrChoosesAPlaceIsWarnedOfThatToo() throws IOException {
        String open = "s3://notes?endpoint=http://127.0.0.1:9";
        CommandRun chosen = run("laptop", "config", "set", "sync.url", open, "--json");
        assertThat(chosen.code()).isZero();
        assertThat(JSON.std.mapFrom(chosen.output())).containsEntry("value", open);
        assertThat(chosen.errors().lines()).singleElement().asString().contains(open, "can read along");
        for (String[] command : new String[][] {{"sync"}, {"sync", "--json"}, {"remote", "connect"}}) {
            CommandRun failed = run("laptop", command);
            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.output()).isEmpty();
            assertThat(failed.errors()).contains("can read along");
        }
        run("laptop", "config", "set", "theme", "dark").printed();
        run("laptop", "config", "set", "sync.encryption", "age").printed();
        assertThat(run("laptop", "sync").failure()).doesNotContain("can read along");
        assertThat(run("laptop", "config", "set", "sync.encryption", "none").errors())
                .contains("can read along");
        run("laptop", "config", "set", "sync.url", "s3://notes?endpoint=https://127.0.0.1:9")
                .printed();
        run("laptop", "config", "set", "sync.folder", shared.toString()).printed();
    }

    @Test
    void infoAddsUpWhatTheLibraryTakesUp() throws IOException {
        syncBoth();
        Map<String, Object> info = run("phone", "remote", "info", "--json").object();
        long files;
        try (Stream<Path> all = Files.walk(shared)) {
            files = all.filter(Files::isRegularFile).count();
        }
        assertThat(((Number) info.get("objects")).longValue()).isEqualTo(files);
        assertThat((List<?>) info.get("devices")).hasSize(2);
        assertThat(run("phone", "remote", "info").printed()).contains("From laptop:", "Files:");
    }

    @Proof
    @Test
    void whatOnlyNewDevicesReadIsPutAgainAtOnceByWhoeverSyncsByHand() throws IOException {
        syncBoth();
        Path library;
        try (Stream<Path> all = Files.list(shared.resolve("v1/library"))) {
            library = all.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(library);
        byte[] damaged = whole.clone();
        damaged[20] ^= 1;
        Files.write(library, damaged);
        run("tablet", "config", "set", "sync.folder", shared.toString()).printed();
        assertThat(run("tablet", "sync").failure())
                .contains(library.getFileName().toString());
        run("phone", "sync").printed();
        assertThat(library).hasBinaryContent(whole);
        assertThat(run("tablet", "sync").printed()).isNotEmpty();
        assertThat(run("tablet", "list").printed()).contains("Buy milk");
    }

    @Test
    void aCopyIsALibraryThatANewDeviceStartsFrom() throws IOException {
        syncBoth();
        Path copy = Files.createDirectory(folder.resolve("copy"));
        String from = shared.toUri().toString();
        String to = copy.toUri().toString();
        Map<String, Object> report =
                run("laptop", "remote", "copy", from, to, "--json").object();
        assertThat(report.get("copied")).isEqualTo(report.get("objects"));
        assertThat(run("laptop", "remote", "copy", from, to, "--json").object()).containsEntry("copied", 0);
        run("tablet", "config", "set", "sync.folder", copy.toString()).printed();
        run("tablet", "sync").printed();
        assertThat(run("tablet", "list").printed()).contains("Buy milk");
    }

    @Proof
    @Test
    void aCopyToABucketWithAnotherKeyAsksForItsSecretAndChecksItsSwitches() {
        String from = shared.toUri().toString();
        String to = "s3://notes?endpoint=http://127.0.0.1:9";
        assertThat(run("laptop", "remote", "copy", from, to, "--to-access-key", "ANN")
                        .failure())
                .contains("Secret key of the destination bucket");
        assertThat(run("laptop", "remote", "copy", from, to, "--to-path-style", "sometimes")
                        .failure())
                .contains("auto", "true", "false");
        CommandRun typed = CommandRun.with(
                "hush/secret\n",
                folder.resolve("laptop"),
                "remote",
                "copy",
                from,
                to,
                "--to-access-key",
                "ANN",
                "--to-compatibility",
                "true");
        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.errors()).doesNotContain("hush/secret");
    }

    @Test
    void aCopyFromABucketWithAnotherKeyAsksForItsSecretFirst() {
        String from = "s3://notes?endpoint=http://127.0.0.1:9";
        String to = "s3://copies?endpoint=http://127.0.0.1:9";
        assertThat(run("laptop", "remote", "copy", from, to, "--from-access-key", "ANN")
                        .failure())
                .contains("Secret key of the source bucket");
        assertThat(run("laptop", "remote", "copy", from, to, "--from-compatibility", "sometimes")
                        .failure())
                .contains("auto", "true", "false");
        assertThat(CommandRun.with(
                                "hush/secret\n",
                                folder.resolve("laptop"),
                                "remote",
                                "copy",
                                from,
                                to,
                                "--from-access-key",
                                "ANN",
                                "--to-access-key",
                                "BEN")
                        .failure())
                .contains("Secret key of the destination bucket");
    }

    @Test
    void twoLibrariesAreNotMixed() throws IOException {
        syncBoth();
        Path other = Files.createDirectory(folder.resolve("other"));
        run("stranger", "config", "set", "sync.folder", other.toString()).printed();
        run("stranger", "add", "Mow the lawn").printed();
        run("stranger", "sync").printed();
        assertThat(run(
                                "laptop",
                                "remote",
                                "copy",
                                shared.toUri().toString(),
                                other.toUri().toString())
                        .failure())
                .contains("two libraries must not be mixed");
    }

    @Test
    void listsDevicesAndRetiresOneByName() {
        syncBoth();
        List<Map<String, Object>> devices = run("laptop", "devices", "--json").objects();
        assertThat(devices).extracting(device -> device.get("name")).containsExactly("laptop", "phone");
        assertThat(devices).extracting(device -> device.get("current")).containsExactly(true, false);
        assertThat(devices.getFirst().keySet())
                .containsExactly("id", "name", "platform", "program", "lastSeen", "behind", "status", "current");
        assertThat(run("laptop", "devices", "retire", "tablet").failure()).contains("no device \"tablet\"");
        String phone = devices.getLast().get("id").toString();
        for (String few : List.of("0", phone.substring(0, 3))) {
            assertThat(run("laptop", "devices", "retire", few).failure()).contains("at least 4 characters");
        }
        assertThat(run("laptop", "devices", "retire", "phone").printed())
                .contains("phone (" + phone + ") was retired", "a new device")
                .doesNotContain("Given up");
        assertThat(run("laptop", "devices", "--json").objects())
                .filteredOn(device -> device.get("name").equals("phone"))
                .extracting(device -> device.get("status"))
                .containsExactly("retired");
        assertThat(run("laptop", "devices").printed()).contains("phone: retired");
    }

    @Proof
    @Test
    void aGapThatNoFileFillsNamesTheDeviceAndAfterADayHowToRetireIt() throws Exception {
        syncBoth();
        String phone =
                run("laptop", "devices", "--json").objects().getLast().get("id").toString();
        run("phone", "add", "Lost").printed();
        run("phone", "sync").printed();
        Path lost;
        try (Stream<Path> files = Files.list(shared.resolve("v1/log").resolve(phone))) {
            lost = files.max(Comparator.naturalOrder()).orElseThrow();
        }
        run("phone", "add", "After it").printed();
        run("phone", "sync").printed();
        Files.delete(lost);
        CommandRun first = run("laptop", "sync");
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.errors())
                .contains("phone's changes from number 1 on have not arrived yet (" + phone + ")")
                .as("what cannot be undone is no first advice")
                .doesNotContain("retire");
        assertThat(NoticedEarlier.byADay(folder.resolve("laptop"))).isTrue();
        assertThat(run("laptop", "sync").errors())
                .contains("The changes of phone (" + phone + ") from number 1 on could not be read")
                .contains("tidemark devices retire " + phone);
        assertThat(run("laptop", "devices", "retire", phone.substring(0, 12), "--json")
                        .object())
                .containsOnlyKeys("id", "name", "last", "lacking")
                .containsEntry("id", phone)
                .containsEntry("name", "phone")
                .containsEntry("lacking", 1);
        assertThat(run("laptop", "sync").printed()).isNotEmpty();
    }

    @Test
    void aWipedFolderIsPublishedAgainOnRequestOnly() throws IOException {
        syncBoth();
        try (Stream<Path> all = Files.walk(shared)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(run("laptop", "sync").failure()).contains("is empty");
        run("laptop", "remote", "publish").printed();
        assertThat(run("phone", "sync").failure()).contains("has uploaded the whole library");
        run("phone", "remote", "connect").printed();
        assertThat(run("phone", "dump").printed())
                .isEqualTo(run("laptop", "dump").printed());
    }

    /** As by a disk or a line: what it held is not to be had until the laptop puts it there again. */
    private String damageTheLastSegmentOfTheLaptop() throws IOException {
        String laptop = run("laptop", "devices", "--json")
                .objects()
                .getFirst()
                .get("id")
                .toString();
        Path segment;
        try (Stream<Path> files = Files.list(shared.resolve("v1/log").resolve(laptop))) {
            segment = files.max(Comparator.naturalOrder()).orElseThrow();
        }
        byte[] content = Files.readAllBytes(segment);
        content[content.length / 2] ^= 1;
        Files.write(segment, content);
        return segment.getFileName().toString();
    }

    @Proof
    @Test
    void connectingIsNoSuccessWhereAFileIsDamaged() throws IOException {
        syncBoth();
        String damaged = damageTheLastSegmentOfTheLaptop();
        run("tablet", "config", "set", "sync.folder", shared.toString()).printed();
        for (String[] connect :
                new String[][] {{"remote", "connect", "--json"}, {"remote", "connect", "--replace", "--json"}}) {
            CommandRun part = run("tablet", connect);
            assertThat(part.code()).as(part.errors()).isEqualTo(1);
            assertThat(part.errors()).contains(damaged + " in the storage was skipped", "was not downloaded");
            Map<String, Object> report = JSON.std.mapFrom(part.output());
            assertThat(report).containsEntry("complete", false).containsEntry("readOnly", false);
            assertThat(((Number) report.get("blocked")).longValue()).isPositive();
            assertThat(report.get("quarantined"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .singleElement()
                    .satisfies(file -> {
                        assertThat(file.get("name").toString()).endsWith(damaged);
                        assertThat(file.get("reason")).isEqualTo("Its checksum does not fit its content.");
                    });
        }
        assertThat(run("phone", "sync", "--json").object())
                .containsEntry("complete", true)
                .containsEntry("blocked", 0)
                .containsEntry("quarantined", List.of());
    }

    @Proof
    @Test
    void publishingEverythingAgainIsNoSuccessWhereAFileIsDamaged() throws IOException {
        syncBoth();
        run("laptop", "add", "Mow the lawn").printed();
        run("laptop", "sync").printed();
        String damaged = damageTheLastSegmentOfTheLaptop();
        CommandRun published = run("phone", "remote", "publish");
        assertThat(published.code()).as(published.errors()).isEqualTo(1);
        assertThat(published.errors()).contains(damaged + " in the storage was skipped");
    }

    @Test
    void helpSaysWhatEachCommandIsFor() {
        assertThat(run("laptop", "remote", "copy", "--help").printed()).contains("FROM-URL", "resumes");
        assertThat(run("laptop", "sync", "--help").printed()).contains("--watch", "Control-C");
        assertThat(run("laptop", "passphrase", "change", "--help").printed()).contains("TIDEMARK_PASSPHRASE");
        assertThat(run("laptop", "passphrase", "change").failure()).contains("not encrypted");
    }
}
