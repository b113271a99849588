package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.process.TidemarkProcess.Ended;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.s3.S3Server;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices sync through a bucket on a server that verifies signatures, by commands only. */
@Proof
class BucketIT {
    private static final String PASSPHRASE = "tide mark under seven wet stones";

    @TempDir
    private Path folder;

    private final String bucket = S3Server.running().newBucket();

    private Map<String, String> environment(String... more) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("TIDEMARK_KEYCHAIN", "off"));
        for (int index = 0; index < more.length; index += 2) {
            all.put(more[index], more[index + 1]);
        }
        return all;
    }

    private Map<String, String> secrets() {
        return environment("TIDEMARK_S3_SECRET_KEY", S3Server.secretKey(), "TIDEMARK_PASSPHRASE", PASSPHRASE);
    }

    private Ended run(Map<String, String> environment, String name, String... arguments) {
        return TidemarkProcess.run(environment, "", folder.resolve(name), arguments);
    }

    private String url() {
        return "s3://" + bucket + "/ann?endpoint=" + S3Server.running().plainEndpoint() + "&region=eu-test-1";
    }

    private void configure(String name) {
        String url = url();
        run(environment(), name, "config", "set", "device.name", name).printed();
        run(environment("TIDEMARK_PASSPHRASE", PASSPHRASE), name, "config", "set", "sync.url", url)
                .printed();
        run(environment(), name, "config", "set", "sync.s3.access-key", S3Server.accessKey())
                .printed();
    }

    @Test
    void aSecondDeviceReceivesWhatTheFirstSentEncrypted() throws IOException {
        configure("laptop");
        configure("phone");
        run(environment(), "laptop", "add", "Buy milk for the secret party").printed();
        assertThat(run(environment(), "laptop", "sync").errors()).contains("no access key or no secret key");

        assertThat(run(secrets(), "laptop", "remote", "test").printed()).contains("This storage is usable.");
        Ended founded = run(secrets(), "laptop", "sync");
        assertThat(founded.code()).as(founded.errors()).isZero();
        assertThat(founded.errors()).contains("recovery code");
        run(secrets(), "phone", "sync").printed();
        assertThat(run(environment(), "phone", "list").printed()).contains("Buy milk for the secret party");
        assertThat(run(secrets(), "phone", "remote", "info").printed()).contains("From laptop:");

        try (RemoteStorage storage = S3Server.running().storage(bucket, "")) {
            List<RemoteStorage.StoredObject> objects = storage.list("", null);
            assertThat(objects).isNotEmpty().allMatch(object -> object.name().startsWith("ann/v1/"));
            for (RemoteStorage.StoredObject object : objects) {
                assertThat(new String(storage.get(object.name()), StandardCharsets.ISO_8859_1))
                        .doesNotContain("milk", PASSPHRASE);
            }
        }
        noFileHoldsASecret();
    }

    @Test
    void aLibraryMovesToAnotherProviderWithKeysOfItsOwn() throws IOException {
        S3Server other = S3Server.other();
        String to = "s3://" + other.newBucket() + "/ben?endpoint=" + other.plainEndpoint() + "&region=eu-test-2";
        String[] copy = {"remote", "copy", url(), to, "--to-access-key", S3Server.otherAccessKey()};
        configure("laptop");
        run(environment(), "laptop", "add", "Buy milk").printed();
        assertThat(run(secrets(), "laptop", "sync").code()).isZero();

        Ended refused = TidemarkProcess.run(secrets(), "wrong/secret", folder.resolve("laptop"), copy);
        assertThat(refused.errors()).contains("secret key is wrong").doesNotContain("wrong/secret");
        // On a slow machine it also says how far it is.
        Ended copied = TidemarkProcess.run(secrets(), S3Server.otherSecretKey(), folder.resolve("laptop"), copy);
        assertThat(copied.code()).as(copied.errors()).isZero();
        Map<String, String> unattended = new java.util.HashMap<>(secrets());
        unattended.put("TIDEMARK_S3_SECRET_KEY_TO", S3Server.otherSecretKey());
        assertThat(run(unattended, "laptop", copy).printed()).startsWith("0 files copied");
        String[] elsewhere = {
            "remote", "copy", url(), to, "--from-access-key", S3Server.accessKey(), "--to-access-key", copy[5]
        };
        unattended = environment(
                "TIDEMARK_S3_SECRET_KEY_FROM", S3Server.secretKey(),
                "TIDEMARK_S3_SECRET_KEY_TO", S3Server.otherSecretKey());
        assertThat(run(unattended, "whose settings have no key", elsewhere).printed())
                .startsWith("0 files copied");

        run(environment("TIDEMARK_PASSPHRASE", PASSPHRASE), "phone", "config", "set", "sync.url", to)
                .printed();
        run(environment(), "phone", "config", "set", "sync.s3.access-key", S3Server.otherAccessKey())
                .printed();
        run(
                        environment(
                                "TIDEMARK_S3_SECRET_KEY", S3Server.otherSecretKey(), "TIDEMARK_PASSPHRASE", PASSPHRASE),
                        "phone",
                        "sync")
                .printed();
        assertThat(run(environment(), "phone", "list").printed()).contains("Buy milk");
        noFileHoldsASecret();
    }

    private void noFileHoldsASecret() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSPHRASE, S3Server.secretKey(), S3Server.otherSecretKey(), "AGE-SECRET");
            }
        }
    }

    @Test
    void theProcessListShowsNoSecretAndNeitherDoesWhatIsSaidOfAWrongOne() throws Exception {
        configure("laptop");
        Map<String, String> wrong =
                environment("TIDEMARK_S3_SECRET_KEY", "wrong/secret+key", "TIDEMARK_PASSPHRASE", PASSPHRASE);
        Ended refused = run(wrong, "laptop", "sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains("secret key is wrong").doesNotContain("wrong/secret+key", PASSPHRASE);
        Ended argument = run(environment(), "laptop", "config", "set", "sync.s3.secret-key", "typed/secret");
        assertThat(argument.code()).isEqualTo(1);
        assertThat(argument.errors()).contains("others can see").doesNotContain("typed/secret");
        try (TidemarkProcess watch =
                TidemarkProcess.start(secrets(), folder.resolve("laptop"), "sync", "--watch", "--json")) {
            String line = watch.readLine();
            while (line != null && !line.contains("\"idle\"")) {
                line = watch.readLine();
            }
            assertThat(watch.shownToOthers()).contains("--watch").doesNotContain(PASSPHRASE, S3Server.secretKey());
            watch.interrupt();
            assertThat(watch.end().code()).isEqualTo(130);
        }
        noFileHoldsASecret();
    }
}
