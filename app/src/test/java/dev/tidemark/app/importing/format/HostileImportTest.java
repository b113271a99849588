package dev.tidemark.app.importing.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sources that try to access other files or to exhaust memory. */
class HostileImportTest {
    @TempDir
    private Path folder;

    private static List<Unmapped.Reason> reasons(ImportFormats.Content content) {
        return content.unmapped().stream().map(Unmapped::reason).toList();
    }

    @Test
    void attachmentsOutsideTheFolderAreReportedAndNotRead() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Path notes = Files.createDirectory(folder.resolve("notes"));
        Files.writeString(
                notes.resolve("a.md"),
                "---\nattachments: [\"../secret.txt\", \"/etc/passwd\", \"a\\u0000b\", \"gone.png\"]\n---\nx");
        ImportFormats.Content content = ImportFormats.read(notes, null);
        assertThat(content.items().size()).isEqualTo(1);
        assertThat(reasons(content)).containsOnly(Unmapped.Reason.FILE).hasSize(4);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Symbolic links need a privilege")
    void symbolicLinksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret.md"), "secret");
        Path notes = Files.createDirectory(folder.resolve("notes"));
        Files.writeString(notes.resolve("a.md"), "---\nattachments: [\"in/secret.md\"]\n---\n");
        Files.createSymbolicLink(notes.resolve("in"), outside);
        Files.createSymbolicLink(notes.resolve("b.md"), outside.resolve("secret.md"));
        ImportFormats.Content content = ImportFormats.read(notes, null);
        assertThat(content.items().size()).isEqualTo(1);
        assertThat(reasons(content)).containsExactly(Unmapped.Reason.FILE);
    }

    @Test
    void namesInAnArchiveAreNeverPaths() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter.entry(out, "../../evil.md", "x\n\ntype_: 1".getBytes(StandardCharsets.UTF_8));
        TarWriter.entry(
                out, "00000000000000000000000000000001.md", "x\n\nid: 1\ntype_: 1".getBytes(StandardCharsets.UTF_8));
        Path jex = Files.write(folder.resolve("a.jex"), out.toByteArray());
        assertThat(ImportFormats.read(jex, null).items().size()).isEqualTo(1);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(jex);
        }
    }

    @Test
    void anArchiveThatClaimsMoreThanItHasIsRefused() throws IOException {
        byte[] header = TarWriter.header("00000000000000000000000000000001.md", 1L << 32, '0');
        Path jex = Files.write(folder.resolve("a.jex"), header);
        assertThatThrownBy(() -> ImportFormats.read(jex, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a.jex is damaged");
    }

    @Test
    void foldersThatAreTooDeepAndFilesThatAreTooLargeAreRefused() throws IOException {
        Path deep = folder;
        for (int depth = 0; depth < 30; depth++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        assertThatThrownBy(() -> ImportFormats.read(folder, null)).hasMessageContaining("24 levels");
        Path large = folder.resolve("large.md");
        Files.write(large, new byte[Source.MAX_ITEM + 1]);
        assertThatThrownBy(() -> ImportFormats.read(large, null)).hasMessageContaining("larger than 16 MB");
    }

    @Test
    void deeplyNestedJsonIsRefused() throws IOException {
        Path json =
                Files.writeString(folder.resolve("a.json"), "{\"crossModelVersion\":1,\"data\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> ImportFormats.read(json, null)).hasMessageContaining("not valid JSON");
    }

    @Test
    void theReportOfASourceWithManyUnknownFieldsIsBounded() throws IOException {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:a\n");
        for (int number = 0; number < 5_000; number++) {
            text.append("Y-").append(number).append(":1\n");
        }
        Path ics = Files.writeString(folder.resolve("a.ics"), text + "END:VTODO\nEND:VCALENDAR\n");
        assertThat(ImportFormats.read(ics, null).unmapped()).hasSizeLessThan(300);
    }
}
