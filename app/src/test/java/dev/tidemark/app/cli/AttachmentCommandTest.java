package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentCommandTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[100_000];
    private Path ann;
    private Path bob;
    private Path file;
    private String item;

    @BeforeEach
    void addAnItem() throws Exception {
        new Random(1).nextBytes(content);
        ann = Files.createDirectory(folder.resolve("ann"));
        bob = Files.createDirectory(folder.resolve("bob"));
        file = Files.write(folder.resolve("Bill March.pdf"), content);
        item = CommandRun.on(ann, "add", "Pay the bill").printed().strip();
    }

    private Map<String, Object> attach() {
        return CommandRun.on(ann, "attach", item.substring(0, 8), file.toString(), "--json")
                .object();
    }

    private List<Map<String, Object>> attachments(Path profile) {
        return CommandRun.on(profile, "attachments", item, "--json").objects();
    }

    @Proof
    @Test
    void attachesListsSavesAndRemoves() throws Exception {
        Map<String, Object> attached = attach();
        assertThat(attached)
                .containsEntry("name", "Bill March.pdf")
                .containsEntry("size", 100_000)
                .containsEntry("item", item)
                .containsEntry("here", true)
                .containsOnlyKeys("id", "item", "name", "size", "sha256", "here");
        // The same once more is the same attachment.
        assertThat(attach()).isEqualTo(attached);
        assertThat(attachments(ann)).containsExactly(attached);
        String id = attached.get("id").toString();
        assertThat(CommandRun.on(ann, "attachments", item).printed())
                .isEqualTo(id + "  Bill March.pdf (100,000 bytes)\n");
        assertThat(CommandRun.on(ann, "show", item).printed()).contains("Attachments: Bill March.pdf");

        Files.delete(file);
        Path saved = folder.resolve("saved");
        assertThat(CommandRun.on(ann, "attachment", "save", id.substring(0, 9), saved.toString())
                        .printed())
                .isEqualTo(saved + "\n");
        assertThat(saved).hasBinaryContent(content);
        assertThat(CommandRun.on(ann, "attachment", "save", id, saved.toString())
                        .failure())
                .contains("--replace");
        Files.writeString(saved, "other");
        CommandRun.on(ann, "attachment", "save", id, saved.toString(), "--replace")
                .printed();
        assertThat(saved).hasBinaryContent(content);

        CommandRun.on(ann, "attachment", "remove", id).printed();
        assertThat(attachments(ann)).isEmpty();
        assertThat(CommandRun.on(ann, "attachment", "remove", id).failure()).contains("no attachment");
    }

    @Proof
    @Test
    void anotherDeviceFetchesItWhenItIsSaved() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        for (Path profile : List.of(ann, bob)) {
            CommandRun.on(profile, "config", "set", "sync.folder", shared.toString())
                    .printed();
        }
        Map<String, Object> attached = attach();
        CommandRun.on(ann, "sync").printed();
        CommandRun.on(bob, "sync").printed();
        assertThat(attachments(bob)).hasSize(1);
        assertThat(attachments(bob).getFirst()).containsEntry("here", false).containsEntry("name", "Bill March.pdf");
        assertThat(CommandRun.on(bob, "attachments", item).printed()).contains("not on this device yet");
        Map<String, Object> info =
                CommandRun.on(bob, "remote", "info", "--json").object();
        assertThat(((Map<?, ?>) info.get("kinds")).get("attachment")).isEqualTo(Map.of("objects", 1, "bytes", 100_000));

        Path target = Files.createDirectory(folder.resolve("target"));
        String id = attached.get("id").toString();
        assertThat(CommandRun.on(bob, "attachment", "save", id, target.toString())
                        .printed())
                .isEqualTo(target.resolve("Bill March.pdf") + "\n");
        assertThat(target.resolve("Bill March.pdf")).hasBinaryContent(content);
        assertThat(attachments(bob).getFirst()).containsEntry("here", true);
    }

    @Proof
    @Test
    void aFolderThatIsMissingIsNamedBeforeAnythingIsFetched() {
        String id = attach().get("id").toString();
        Path missing = folder.resolve("missing");
        assertThat(CommandRun.on(
                                ann,
                                "attachment",
                                "save",
                                id,
                                missing.resolve("copy.pdf").toString())
                        .failure())
                .contains("There is no folder " + missing);
        assertThat(missing).doesNotExist();
    }

    @Proof
    @Test
    void whatCannotBeAttachedIsSaid() throws Exception {
        assertThat(CommandRun.on(ann, "attach", item, folder.resolve("none").toString())
                        .failure())
                .contains("There is no file");
        assertThat(CommandRun.on(ann, "attach", item, folder.toString()).failure())
                .contains("is a folder");
        assertThat(CommandRun.on(ann, "attach", "0000", file.toString()).failure())
                .contains("no item");
        Path large = folder.resolve("large");
        try (RandomAccessFile bytes = new RandomAccessFile(large.toFile(), "rw")) {
            bytes.setLength((100L << 20) + 1);
        }
        assertThat(CommandRun.on(ann, "attach", item, large.toString()).failure())
                .contains("larger than 100 MB");
        assertThat(CommandRun.on(ann, "attachment").misunderstanding()).isNotEmpty();
        assertThat(attachments(ann)).isEmpty();
    }

    @Test
    void aFileThatNoReplicaHasIsReported() throws Exception {
        Map<String, Object> attached = attach();
        try (var files = Files.list(ann.resolve("tidemark.db.blobs"))) {
            Path blob = files.filter(Files::isRegularFile)
                    .filter(each -> each.getFileName().toString().length() == 64)
                    .findFirst()
                    .orElseThrow();
            Files.delete(blob);
        }
        String id = attached.get("id").toString();
        assertThat(CommandRun.on(
                                ann,
                                "attachment",
                                "save",
                                id,
                                folder.resolve("x").toString())
                        .failure())
                .contains("Sync is off");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        CommandRun.on(ann, "config", "set", "sync.folder", shared.toString()).printed();
        assertThat(CommandRun.on(
                                ann,
                                "attachment",
                                "save",
                                id,
                                folder.resolve("x").toString())
                        .failure())
                .contains("The attached file is not in " + shared);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** Names come from other devices, and lead nowhere else. */
    @Proof
    @Test
    void aNameIsMadeHarmlessAndAnInputNeedsNone() {
        for (String name : List.of("../../evil.sh", "C:\\windows\\evil.sh", "evil.sh. ")) {
            String id = CommandRun.with("data", ann, "attach", item, "-", "--name", name)
                    .printed()
                    .strip();
            assertThat(attachments(ann)).hasSize(1);
            assertThat(attachments(ann).getFirst()).containsEntry("id", id).containsEntry("name", "evil.sh");
        }
        CommandRun.with("data", ann, "attach", item, "-", "--name", "a\u202egnp.exe")
                .printed();
        CommandRun.with("data", ann, "attach", item, "-", "--name", "x".repeat(500) + ".jpeg")
                .printed();
        CommandRun.with("data", ann, "attach", item, "-").printed();
        CommandRun.with("data", ann, "attach", item, "-", "--name", "con.txt").printed();
        assertThat(attachments(ann))
                .extracting(attachment -> attachment.get("name"))
                .containsExactly("_.txt", "a_gnp.exe", "evil.sh", "file", "x".repeat(55) + ".jpeg");
    }

    @Proof
    @Test
    void goneWithTheItemAndLeftOutOfAnExportWhichSaysSo() {
        attach();
        assertThat(CommandRun.on(ann, "export", folder.resolve("out").toString())
                        .printed())
                .contains("One attachment is not included");
        assertThat(CommandRun.on(ann, "export", folder.resolve("out").toString(), "--json")
                        .object())
                .containsEntry("items", 1)
                .containsEntry("attachmentsLeftOut", 1);
        assertThat(CommandRun.on(ann, "import", folder.resolve("out").toString())
                        .printed())
                .contains("One item");
        assertThat(attachments(ann)).hasSize(1);
        CommandRun.on(ann, "rm", item).printed();
        assertThat(attachments(ann)).hasSize(1);
        CommandRun.on(ann, "purge", item).printed();
        assertThat(CommandRun.on(ann, "dump").printed()).doesNotContain("Bill March");
    }
}
