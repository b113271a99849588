package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.process.TidemarkProcess.Ended;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices sync through an encrypted folder, by commands only, with the passphrase in the environment. */
@Proof
class EncryptedFolderIT {
    private static final String PASSPHRASE = "tide mark under seven wet stones";

    @TempDir
    private Path folder;

    private Path shared;

    @BeforeEach
    void setUp() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared"));
        for (String name : List.of("laptop", "phone")) {
            run(name, "", "config", "set", "sync.folder", shared.toString());
        }
    }

    /** @param passphrase none if empty */
    private Ended run(String name, String passphrase, String... arguments) {
        return runTyping("", name, passphrase, arguments);
    }

    private Ended runTyping(String input, String name, String passphrase, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of("TIDEMARK_KEYCHAIN", "off"));
        if (!passphrase.isEmpty()) {
            environment.put("TIDEMARK_PASSPHRASE", passphrase);
        }
        return TidemarkProcess.run(environment, input, folder.resolve(name), arguments);
    }

    @Test
    void bothDevicesShareWhatNobodyElseCanRead() throws IOException {
        run("laptop", PASSPHRASE, "add", "Buy milk for the secret party");
        Ended founded = run("laptop", PASSPHRASE, "sync");
        assertThat(founded.code()).as(founded.errors()).isZero();
        assertThat(founded.errors()).contains("recovery code");
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("milk", PASSPHRASE);
            }
        }

        Ended refused = run("phone", "another passphrase", "sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("does not open the library");
        Ended plain = run("phone", "", "sync");
        assertThat(plain.code()).isEqualTo(1);
        assertThat(plain.errors()).contains("is encrypted");

        Ended joined = run("phone", PASSPHRASE, "sync");
        assertThat(joined.code()).as(joined.errors()).isZero();
        assertThat(joined.errors()).isEmpty();
        assertThat(run("phone", "", "list").output()).contains("Buy milk for the secret party");
    }

    @Test
    void afterAChangeOnOneDeviceTheOtherIsAskedForTheNewPassphraseAndLosesNothing() {
        run("laptop", PASSPHRASE, "add", "Buy milk");
        assertThat(run("laptop", PASSPHRASE, "sync").code()).isZero();
        assertThat(run("phone", PASSPHRASE, "sync").code()).isZero();
        String fresh = "seven dry stones above the tide";
        Ended changed = runTyping(fresh, "laptop", PASSPHRASE, "passphrase", "change");
        assertThat(changed.printed()).contains("was changed");

        run("phone", PASSPHRASE, "add", "Mow the lawn");
        Ended asked = run("phone", PASSPHRASE, "sync");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.errors()).contains("was changed on another device", "Enter the new one");
        run("phone", fresh, "sync").printed();
        run("laptop", fresh, "sync").printed();
        assertThat(run("laptop", "", "list").printed()).contains("Buy milk", "Mow the lawn");
        assertThat(run("laptop", PASSPHRASE, "sync").errors()).contains("does not open the library");
    }

    @Test
    void afterANewKeyTheOtherIsAskedForTheNewPassphraseAndWhoHasTheOldOneReadsNothingLater() {
        run("laptop", PASSPHRASE, "add", "Buy milk");
        assertThat(run("laptop", PASSPHRASE, "sync").code()).isZero();
        assertThat(run("phone", PASSPHRASE, "sync").code()).isZero();
        String fresh = "seven dry stones above the tide";
        Ended created = runTyping(fresh, "laptop", PASSPHRASE, "passphrase", "new-key");
        assertThat(created.code()).as(created.errors()).isZero();
        assertThat(created.output()).contains("with a new key", "every other device");
        String code = created.errors().strip().replaceAll(".* ", "");
        assertThat(code).matches("([0-9A-Z]{4}-){6}[0-9A-Z]{4}");
        run("laptop", fresh, "add", "Later");
        run("laptop", fresh, "sync").printed();

        Ended asked = run("phone", PASSPHRASE, "sync");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.errors()).contains("was changed on another device");
        assertThat(run("phone", "", "list").printed()).contains("Buy milk").doesNotContain("Later");
        run("phone", fresh, "sync").printed();
        assertThat(run("phone", "", "list").printed()).contains("Buy milk", "Later");
        run("tablet", "", "config", "set", "sync.folder", shared.toString()).printed();
        run("tablet", code, "sync").printed();
        assertThat(run("tablet", "", "list").printed()).contains("Buy milk", "Later");
    }

    @Test
    void aNewPassphraseIsNoRecoveryCodeAndNotTooShort() {
        run("laptop", PASSPHRASE, "add", "Buy milk");
        Ended founded = run("laptop", PASSPHRASE, "sync");
        assertThat(founded.code()).isZero();
        String code = founded.errors().strip().replaceAll(".* ", "");
        Ended pasted = runTyping(code, "laptop", PASSPHRASE, "passphrase", "change");
        assertThat(pasted.code()).isEqualTo(1);
        assertThat(pasted.errors()).contains("Choose a passphrase of your own");
        Ended tooShort = runTyping("7stones", "laptop", PASSPHRASE, "passphrase", "change");
        assertThat(tooShort.code()).isEqualTo(1);
        assertThat(tooShort.errors()).contains("at least 8 characters");
        run("phone", PASSPHRASE, "sync").printed();
    }

    /** As under cron, where the variable was forgotten, and the place is another one by now. */
    @Test
    void whoeverHasEncryptedUploadsNothingInTheClearToAnotherPlace() throws IOException {
        run("laptop", PASSPHRASE, "add", "Buy milk");
        assertThat(run("laptop", PASSPHRASE, "sync").code()).isZero();
        assertThat(run("laptop", "", "config", "get", "sync.encryption").printed())
                .isEqualTo("age\n");
        Path other = Files.createDirectory(folder.resolve("other"));
        run("laptop", "", "config", "set", "sync.folder", other.toString()).printed();
        Ended refused = run("laptop", "", "sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("The passphrase for " + other, "nothing is uploaded");
        try (Stream<Path> files = Files.walk(other)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        Path settings = folder.resolve("laptop/settings.properties");
        Files.writeString(settings, Files.readString(settings).replace("sync.encryption=age\n", ""));
        assertThat(run("laptop", "", "config", "get", "sync.encryption").printed())
                .as("as an earlier version left it")
                .isEqualTo("none\n");
        Ended earlier = run("laptop", "", "sync");
        assertThat(earlier.code()).isEqualTo(1);
        assertThat(earlier.errors()).contains("encrypts its library in another storage", "Nothing was uploaded");
        try (Stream<Path> files = Files.walk(other)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        run("laptop", "", "config", "set", "sync.encryption", "none").printed();
        run("laptop", "", "sync").printed();
    }

    @Test
    void neitherLogsNorAnySettingHoldASecret() throws IOException {
        Ended founded = run("laptop", PASSPHRASE, "sync");
        String code = founded.errors().strip().replaceAll(".* ", "");
        assertThat(code).matches("([0-9A-Z]{4}-){6}[0-9A-Z]{4}");
        run("phone", "another passphrase entirely", "sync");
        runTyping("typed passphrase", "phone", "", "config", "set", "sync.passphrase", "-");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(
                                PASSPHRASE, "another passphrase entirely", "typed passphrase", "AGE-SECRET", code);
            }
        }
    }
}
