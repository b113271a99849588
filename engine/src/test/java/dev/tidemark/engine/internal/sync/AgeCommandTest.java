package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A user can decrypt a library with the passphrase or recovery code, the age command and {@code docs/file-format.md}
 * alone.
 */
class AgeCommandTest extends EncryptedRemoteFixture {
    private static void requireCommands() throws InterruptedException {
        for (String command : List.of("age", "script", "python3")) {
            try {
                new ProcessBuilder(command, "--version").start().waitFor();
            } catch (IOException e) {
                if (System.getenv("CI") != null) {
                    throw new AssertionError("The command " + command + " is missing; .ci/run installs it", e);
                }
                System.out.println("SKIPPED, nothing is known of the age command: " + command + " is not installed");
                Assumptions.abort(command + " is not installed");
            }
        }
    }

    @Proof
    @Test
    void opensEveryFileOfALibraryByTheDocumentationAlone() throws Exception {
        requireCommands();
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Secrets secrets = passphrase();
        Database ann = device("ann");
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            Database bob = device("bob");
            UUID first = add(ann, "erste Ä");
            add(bob, "by Bob");
            sync(ann, remote, secrets);
            sync(bob, remote, passphrase());
            ann.write(tx -> tx.execute("UPDATE todo SET note = 'later' WHERE id = ?", first));
            sync(ann, remote, secrets);
        }
        Path byPassphrase = folder.resolve("identity.txt");
        Path byCode = folder.resolve("identity-by-code.txt");
        openSealedKey(sealedKey(shared, ".passphrase.age"), PASSPHRASE, byPassphrase);
        openSealedKey(sealedKey(shared, ".recovery.age"), text(secrets.code()), byCode);
        assertThat(Files.readString(byPassphrase)).contains("AGE-SECRET-KEY-1").isEqualTo(Files.readString(byCode));
        for (Path file : sealedFiles(shared)) {
            byte[] plain = run(null, "age", "-d", "-i", byPassphrase.toString(), file.toString());
            assertThat(new String(plain, StandardCharsets.ISO_8859_1)).startsWith("TIDEMARK 1 ");
        }
        String expected = ann.list(Query.of("SELECT lower(hex(id)) AS hex, title, note FROM todo ORDER BY id")).stream()
                .map(row -> String.format(
                        "{\"table\": \"todo\", \"id\": \"%s\", \"values\": {\"note\": %s, \"title\": \"%s\"}}%n",
                        row.text("hex"), row.text("note") == null ? "null" : "\"later\"", row.text("title")))
                .collect(Collectors.joining());
        assertThat(expected).contains("later", "by Bob");
        assertThat(read(shared, byCode)).isEqualTo(expected);
        assertThat(readWithSecret(shared, "", PASSPHRASE)).isEqualTo(expected);
        assertThat(readWithSecret(shared, "--recovery ", text(secrets.code()))).isEqualTo(expected);
    }

    @Proof
    @Test
    void theReaderReadsAnEncryptedSnapshot() throws Exception {
        requireCommands();
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Database ann = device("ann");
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            typeALot(ann);
            sync(ann, remote, passphrase());
            assertThat(shared.resolve("v1/snapshots")).isNotEmptyDirectory();
            for (RemoteStorage.StoredObject segment : remote.list("v1/log/", null)) {
                remote.delete(segment.name());
            }
        }
        Path identity = folder.resolve("identity.txt");
        openSealedKey(sealedKey(shared, ".passphrase.age"), PASSPHRASE, identity);
        assertThat(read(shared, identity).lines())
                .hasSize(ann.list(Query.of("SELECT id FROM todo")).size());
    }

    @Proof
    @Test
    void theReaderWithOneOfTwoIdentitiesPrintsNothingAndNamesTheOtherKeyFiles() throws Exception {
        requireCommands();
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Database ann = device("ann");
        Secrets secrets = passphrase();
        add(ann, "with the first key");
        Path old = folder.resolve("old.txt");
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            sync(ann, remote, secrets);
            openSealedKey(sealedKey(shared, ".passphrase.age"), PASSPHRASE, old);
            KeyFiles.in(remote, ScryptCost.MIN)
                    .rotateKey(secrets.held(), "another one".toCharArray(), secrets::unlocked);
            add(ann, "with the second key");
            sync(ann, remote, secrets);
        }
        String second = secrets.held().identities().getLast();
        assertThat(failure("python3", reader(), shared.toString(), old.toString()))
                .contains("v1/keys/" + second, "another identity", "Nothing was read")
                .doesNotContain("Traceback", "with the first key");

        Path both = folder.resolve("both.txt");
        openSealedKey(sealedKey(shared, second, ".passphrase.age"), "another one", both);
        Files.writeString(both, Files.readString(old), StandardOpenOption.APPEND);
        assertThat(read(shared, both)).contains("with the first key", "with the second key");
    }

    @Proof
    @Test
    void theReaderNamesFilesThatNoDeviceOfTheLibraryWrote() throws Exception {
        requireCommands();
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Database ann = device("ann");
        add(ann, "a");
        Secrets secrets = passphrase();
        String segment;
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            sync(ann, remote, secrets);
            segment = remote.list("v1/log/", null).getFirst().name();
        }
        Path identity = folder.resolve("identity.txt");
        openSealedKey(sealedKey(shared, ".passphrase.age"), PASSPHRASE, identity);
        byte[] content = run(
                null,
                "age",
                "-d",
                "-i",
                identity.toString(),
                shared.resolve(segment).toString());
        content[content.length - 1] ^= 1;
        Path plain = Files.write(folder.resolve("plain"), content);
        String recipient =
                new String(run(null, "age-keygen", "-y", identity.toString()), StandardCharsets.UTF_8).strip();
        run(null, "age", "-r", recipient, "-o", shared.resolve(segment).toString(), plain.toString());
        assertThat(failure("python3", reader(), shared.toString(), identity.toString()))
                .contains(segment + ": no device of this library wrote it")
                .doesNotContain("Traceback");

        Files.write(shared.resolve(segment.replaceFirst("[.][0-9a-f]{8}[.]age$", "")), content);
        assertThat(failure("python3", reader(), shared.toString(), identity.toString()))
                .contains(".seg: it is not encrypted");
    }

    private static String reader() {
        return Path.of(System.getProperty("tidemark.root"), "docs", "examples", "read_library.py")
                .toString();
    }

    private static String read(Path shared, Path identities) throws Exception {
        return new String(
                run(null, "python3", reader(), shared.toString(), identities.toString()), StandardCharsets.UTF_8);
    }

    /** The age command, which the reader calls, asks at a terminal only. */
    private String readWithSecret(Path shared, String option, String secret) throws Exception {
        Path output = folder.resolve("output.jsonl");
        String command = "python3 '" + reader() + "' " + option + "'" + shared + "' > '" + output + "'";
        run(secret, "script", "-qec", command, "/dev/null");
        return Files.readString(output);
    }

    private static Path sealedKey(Path shared, String ending) throws IOException {
        return sealedKey(shared, "", ending);
    }

    private static Path sealedKey(Path shared, String identity, String ending) throws IOException {
        try (Stream<Path> keys = Files.list(shared.resolve("v1/keys"))) {
            return keys.filter(key -> key.getFileName().toString().startsWith(identity)
                            && key.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Path> sealedFiles(Path shared) throws IOException {
        try (Stream<Path> files = Files.walk(shared)) {
            List<Path> sealed = files.filter(Files::isRegularFile)
                    .filter(file -> !shared.relativize(file).toString().matches("v1/(keys|library)/.*"))
                    .toList();
            assertThat(sealed)
                    .hasSizeGreaterThan(3)
                    .allMatch(file -> file.toString().endsWith(".age"));
            return sealed;
        }
    }

    /** The command asks at a terminal only. */
    private static void openSealedKey(Path key, String secret, Path target) throws Exception {
        run(secret, "script", "-qec", "age -d -o '" + target + "' '" + key + "'", "/dev/null");
        assertThat(target).exists();
    }

    /** @param answer typed once the command asks; null if it does not */
    private static byte[] run(String answer, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (InputStream output = process.getInputStream();
                OutputStream input = process.getOutputStream()) {
            if (answer != null) {
                StringBuilder asked = new StringBuilder();
                while (!asked.toString().contains("passphrase")) {
                    int next = output.read();
                    assertThat(next).as("the command asked only: " + asked).isNotNegative();
                    asked.append((char) next);
                }
                input.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                input.flush();
            }
            byte[] said = output.readAllBytes();
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return said;
        }
    }

    /** What a command writes to its error stream before it fails. */
    private static String failure(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isNotZero();
        return said;
    }
}
