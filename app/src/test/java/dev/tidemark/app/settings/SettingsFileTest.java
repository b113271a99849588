package dev.tidemark.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    private Path folder;

    private SettingsFile file;

    @BeforeEach
    void open() {
        file = new SettingsFile(folder.resolve("config/settings.properties"));
    }

    @Test
    void hasDefaultsWhereNothingWasSet() {
        Settings settings = file.read();
        assertThat(settings.get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
        assertThat(settings.syncFolder()).isEmpty();
        assertThat(settings.get(Setting.SYNC_INTERVAL)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.get(Setting.DEVICE_NAME)).isNotBlank();
        assertThat(settings.get(Setting.THEME)).isEqualTo(Theme.SYSTEM);
        assertThat(folder.resolve("config")).doesNotExist();
    }

    @Test
    void keepsWhatWasSet() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("a shared föld#r"));
        file.set(Setting.SYNC_FOLDER, shared.toString());
        file.set(Setting.DEVICE_NAME, "Laptop = fast: ja");
        file.set(Setting.SYNC_INTERVAL, "5m");
        Settings again = new SettingsFile(folder.resolve("config/settings.properties")).read();
        assertThat(again.syncFolder()).contains(shared);
        assertThat(again.get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.FOLDER);
        assertThat(again.get(Setting.DEVICE_NAME)).isEqualTo("Laptop = fast: ja");
        assertThat(again.text(Setting.SYNC_INTERVAL)).isEqualTo("300");
    }

    @Test
    void theStorageIsNoFolderOfTheProfile() throws IOException {
        ProfileFolders folders = ProfileFolders.below(Files.createDirectory(folder.resolve("profile")));
        SettingsFile settings = new SettingsFile(folders);
        Files.createDirectories(folders.cache().resolve("x"));
        Path blobs = Files.createDirectory(folders.data().resolve("tidemark.db.blobs"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folders.data());
        for (Path own : List.of(folders.data(), folders.cache().resolve("x"), blobs, link)) {
            assertThatThrownBy(() -> settings.set(Setting.SYNC_FOLDER, own.toString()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("own files");
            assertThatThrownBy(() -> settings.set(Setting.SYNC_URL, own.toUri().toString()))
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(settings.read().syncUrl()).isEmpty();
        Path within = Files.createDirectory(folders.data().resolve("shared"));
        settings.set(Setting.SYNC_FOLDER, within.toString());
        assertThat(settings.read().syncFolder()).contains(within);
    }

    @Test
    void hasOneCanonicalUrlForAFolder() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("x y"));
        String url = file.set(Setting.SYNC_FOLDER, shared + "/../x y/").text(Setting.SYNC_URL);
        assertThat(url).startsWith("file:///").endsWith("/x%20y");
        assertThat(file.set(Setting.SYNC_URL, url + "/").text(Setting.SYNC_URL)).isEqualTo(url);
        assertThat(file.read().text(Setting.SYNC_FOLDER)).isEqualTo(shared.toString());
    }

    @Test
    void keepsTheFolderWhileSyncIsOff() {
        file.set(Setting.SYNC_FOLDER, folder.toString());
        Settings off = file.set(Setting.SYNC_TARGET, "off");
        assertThat(off.get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
        assertThat(off.syncFolder()).contains(folder);
        assertThat(file.set(Setting.SYNC_TARGET, "folder").syncFolder()).contains(folder);
    }

    @Test
    void aBucketIsATargetOfItsOwn() {
        Settings bucket = file.set(Setting.SYNC_URL, "s3://notes/ann/?region=eu-central-1&endpoint=http://nas:9000");
        assertThat(bucket.get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.S3);
        assertThat(bucket.text(Setting.SYNC_URL))
                .isEqualTo("s3://notes/ann?endpoint=http://nas:9000&region=eu-central-1");
        assertThat(bucket.text(Setting.SYNC_FOLDER)).isEmpty();
        assertThat(file.set(Setting.SYNC_TARGET, "off").syncUrl()).isEqualTo(bucket.syncUrl());
        refused(Setting.SYNC_TARGET, "folder", "cannot be folder while sync.url is s3://notes/ann");
        assertThat(file.set(Setting.SYNC_TARGET, "s3").get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.S3);
        assertThat(file.set(Setting.SYNC_FOLDER, folder.toString()).get(Setting.SYNC_TARGET))
                .isEqualTo(SyncTarget.FOLDER);
    }

    @Test
    void secretsNeverReachTheFile() {
        assertThatThrownBy(() -> file.set(Setting.SYNC_S3_SECRET_KEY, "hidden"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("config/settings.properties")).doesNotExist();
    }

    @Test
    void takesValuesAwayWithNone() {
        file.set(Setting.SYNC_FOLDER, folder.toString());
        file.set(Setting.THEME, "dark");
        assertThat(file.set(Setting.THEME, "none").get(Setting.THEME)).isEqualTo(Theme.SYSTEM);
        Settings none = file.set(Setting.SYNC_FOLDER, "none");
        assertThat(none.syncFolder()).isEmpty();
        assertThat(none.get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
    }

    @Test
    void refusesWhatIsNotAllowedAndChangesNothing() throws IOException {
        file.set(Setting.THEME, "dark");
        String before = Files.readString(folder.resolve("config/settings.properties"));
        Path plain = Files.createFile(folder.resolve("plain"));
        refused(Setting.THEME, "blue", "system, light, dark");
        refused(Setting.SYNC_TARGET, "ftp", "off, folder, s3");
        refused(Setting.SYNC_INTERVAL, "0", "1 to 86400");
        refused(Setting.SYNC_INTERVAL, "soon", "30s, 5m or 1h");
        refused(Setting.SYNC_INTERVAL, "25h", "1 to 86400");
        refused(Setting.SYNC_FOLDER, folder.resolve("absent").toString(), "is not there");
        refused(Setting.SYNC_FOLDER, plain.toString(), "is a file");
        refused(Setting.SYNC_URL, "http://example.org/x", "file:///");
        refused(Setting.SYNC_URL, "file://server/x", "names another computer");
        refused(Setting.SYNC_URL, "s3://B/x", "sync.url was not changed");
        refused(Setting.SYNC_S3_ACCESS_KEY, "a b", "without spaces");
        refused(Setting.SYNC_S3_PATH_STYLE, "maybe", "auto, true, false");
        refused(Setting.SYNC_URL, "not a url", "file:///");
        refused(Setting.DEVICE_NAME, " ", "1 to 100");
        refused(Setting.DEVICE_NAME, "a\u001b[31m", "control characters");
        assertThat(Files.readString(folder.resolve("config/settings.properties")))
                .isEqualTo(before);
    }

    private void refused(Setting<?> key, String value, String says) {
        assertThatThrownBy(() -> file.set(key, value))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(says)
                .hasMessageEndingWith(".");
    }

    @Test
    void namesAllKeysWhenOneIsUnknown() {
        assertThatThrownBy(() -> Setting.named("sync.foldr"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("sync.foldr")
                .hasMessageContaining("sync.target, sync.folder, sync.url, sync.s3.access-key, sync.s3.secret-key")
                .hasMessageContaining("sync.interval, device.name, theme");
    }

    @Test
    void keepsSettingsOfALaterVersion() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.properties"), "from.later = kept\ntheme = dark\n");
        file.set(Setting.THEME, "light");
        assertThat(Files.readString(folder.resolve("config/settings.properties")))
                .contains("from.later=kept")
                .contains("theme=light");
    }

    @Test
    void saysWhichFileHoldsAValueThatIsNotAllowed() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.properties"), "theme = pink\n");
        assertThatThrownBy(() -> file.read())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("theme")
                .hasMessageContaining("settings.properties");
    }

    @Test
    void losesNothingWhenManyWriteAtOnce() throws InterruptedException {
        Setting<?>[] keys = {Setting.THEME, Setting.DEVICE_NAME, Setting.SYNC_INTERVAL};
        String[] values = {"dark", "Mine", "77"};
        CountDownLatch start = new CountDownLatch(1);
        Thread[] writers = Stream.iterate(0, index -> index + 1)
                .limit(keys.length)
                .map(index -> Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    new SettingsFile(folder.resolve("config/settings.properties")).set(keys[index], values[index]);
                }))
                .toArray(Thread[]::new);
        start.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        Settings settings = file.read();
        assertThat(Arrays.stream(keys).map(settings::text)).containsExactly(values);
    }

    @Test
    void tellsAWatcherWithinHalfASecond() throws InterruptedException {
        BlockingQueue<Settings> heard = new LinkedBlockingQueue<>();
        try (SettingsWatcher watch = file.watch(Runnable::run, heard::add, problem -> {
            throw problem;
        })) {
            assertThat(watch).isNotNull();
            long start = System.nanoTime();
            new SettingsFile(folder.resolve("config/settings.properties")).set(Setting.THEME, "dark");
            Settings settings = heard.poll(20, TimeUnit.SECONDS);
            System.out.printf("Settings seen after %d ms%n", (System.nanoTime() - start) / 1_000_000);
            assertThat(settings).isNotNull();
            assertThat(settings.get(Setting.THEME)).isEqualTo(Theme.DARK);
        }
    }
}
