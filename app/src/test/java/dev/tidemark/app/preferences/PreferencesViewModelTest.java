package dev.tidemark.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.context.SyncSetup;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.Motion;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.settings.TriState;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.StorageProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreferencesViewModelTest {
    @TempDir
    Path place;

    private final Executor here = Runnable::run;
    private AppContext composition;
    private SettingsFile file;
    private PreferencesViewModel model;

    @BeforeEach
    void openSettings() {
        composition = AppContext.of(ProfileFolders.below(place.resolve("profile")));
        file = composition.settings();
        model = new PreferencesViewModel(
                file.read(),
                new SyncSetup(composition),
                SerialTaskRunner.on(here, here),
                SerialTaskRunner.on(here, here),
                new ConnectionTest(here, here));
    }

    @AfterEach
    void close() {
        composition.close();
    }

    @Test
    void choosingAFolderTurnsSyncOn() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setTarget(SyncTarget.FOLDER);
        assertThat(model.targetProperty().get()).isEqualTo(SyncTarget.FOLDER);
        assertThat(file.read().get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
        model.setFolder(folder);
        assertThat(file.read().get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.FOLDER);
        assertThat(file.read().syncFolder()).contains(folder);
    }

    @Test
    void theTestSaysThatAFolderWorksAndLeavesNothingInIt() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        model.testConnection();
        assertThat(model.test().reportProperty().get().isUsable()).isTrue();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void theTestSaysWhyAFolderDoesNotWork() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        Files.delete(folder);
        model.testConnection();
        assertThat(model.test().reportProperty().get().isUsable()).isFalse();
        StorageProbe.StepResult failure =
                model.test().reportProperty().get().failure().orElseThrow();
        assertThat(failure.error()).hasMessageContaining(folder.toString());
        assertThat(failure.setting()).contains(StorageProbe.Setting.FOLDER);
        assertThat(model.test().runningProperty().get()).isFalse();
    }

    @Test
    void aFolderThatIsNotThereIsRefusedWithASentence() {
        model.setFolder(place.resolve("nowhere"));
        assertThat(model.problemProperty().get()).contains("nowhere");
        assertThat(file.read().syncFolder()).isEmpty();
    }

    @Test
    void theLanguageIsKeptForTheNextStartAndThePresentOneStays() {
        Locale before = Locale.getDefault();
        model.choose(Setting.LANGUAGE, Language.DE);
        assertThat(model.settingsProperty().get().get(Setting.LANGUAGE)).isEqualTo(Language.DE);
        assertThat(new SettingsFile(composition.folders().settings()).language())
                .isEqualTo(Language.DE);
        assertThat(Locale.getDefault()).isEqualTo(before);
    }

    @Test
    void aChoiceThatCannotBeStoredIsReportedAndNotShownAsChosen() throws IOException {
        Motion before = model.settingsProperty().get().get(Setting.MOTION);
        Files.createDirectories(composition.folders().settings().getParent());
        Files.writeString(composition.folders().settings(), "theme=no such theme\n");
        model.choose(Setting.MOTION, Motion.REDUCED);
        assertThat(model.problemProperty().get()).contains("theme");
        assertThat(model.settingsProperty().get().get(Setting.MOTION)).isEqualTo(before);
    }

    @Test
    void anUpdatesAddressWithoutHttpsIsRefusedWithASentence() {
        model.setUpdatesUrl("http://example.org/tidemark.json");
        assertThat(model.updatesProblemProperty().get()).contains("begins with https://");
        assertThat(file.read().get(Setting.UPDATES_URL)).isEmpty();
        model.setUpdatesUrl("https://example.org/tidemark.json");
        assertThat(model.updatesProblemProperty().get()).isNull();
        assertThat(file.read().get(Setting.UPDATES_URL)).isPresent();
    }

    @Test
    void turningSyncOffKeepsTheFolder() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        model.setTarget(SyncTarget.OFF);
        assertThat(file.read().get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
        model.setTarget(SyncTarget.FOLDER);
        assertThat(file.read().get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.FOLDER);
        assertThat(file.read().syncFolder()).contains(folder);
    }

    @Test
    void theAddressAndItsPartsFollowEachOther() {
        BucketDraft bucket = model.bucket();
        bucket.address.set("s3://notes/ann?endpoint=https://s3.eu-central-003.backblazeb2.com");
        assertThat(bucket.bucket.get()).isEqualTo("notes");
        assertThat(bucket.prefix.get()).isEqualTo("ann");
        assertThat(bucket.provider.get()).isEqualTo(StorageProvider.BACKBLAZE);
        bucket.choose(StorageProvider.WASABI);
        assertThat(bucket.address.get())
                .isEqualTo("s3://notes/ann?endpoint=https://s3.eu-central-1.wasabisys.com&region=eu-central-1");
        bucket.region.set("us-east-2");
        assertThat(bucket.endpoint.get()).isEqualTo("https://s3.us-east-2.wasabisys.com");
        bucket.bucket.set("No Bucket");
        assertThat(bucket.url()).isEmpty();
        assertThat(bucket.errorProperty().get().setting()).isEqualTo(StorageProbe.Setting.BUCKET);
    }

    @ParameterizedTest
    @EnumSource
    void everyProviderIsKnownByItsServer(StorageProvider provider) {
        String endpoint = provider.endpoint("some-region").replace("ACCOUNT", "0a1b2c");
        assertThat(StorageProvider.of(provider == StorageProvider.OTHER ? "https://s3.example.org" : endpoint))
                .isEqualTo(provider);
    }

    @Test
    void aBucketAndItsKeysAreStoredTogetherAndOnlyWhenAskedTo() {
        model.setTarget(SyncTarget.S3);
        model.bucket().address.set("s3://notes?endpoint=http://127.0.0.1:9&region=eu");
        model.bucket().accessKey.set("ANN");
        model.bucket().secretKey.set("hush");
        assertThat(file.read().get(Setting.SYNC_TARGET)).isEqualTo(SyncTarget.OFF);
        assertThat(model.isBucketChanged()).isTrue();
        model.saveBucket();
        assertThat(model.problemProperty().get()).isNull();
        assertThat(file.read().syncBucket()).isPresent();
        assertThat(file.read().get(Setting.SYNC_S3_ACCESS_KEY)).isEqualTo("ANN");
        assertThat(model.isBucketChanged()).isFalse();
        assertThat(model.bucket().secretKey.get()).isEmpty();
        assertThat(model.secretKeptProperty().get()).isTrue();
    }

    @Test
    void aBucketIsStoredWhileTheKeychainIsLockedAndTheSecretKeyOnceItAnswers() {
        Deque<Runnable> locked = new ArrayDeque<>();
        PreferencesViewModel waiting = new PreferencesViewModel(
                file.read(),
                new SyncSetup(composition),
                SerialTaskRunner.on(here, here),
                SerialTaskRunner.on(locked::add, here),
                new ConnectionTest(here, here));
        fill(waiting);
        waiting.saveBucket();
        assertThat(file.read().get(Setting.SYNC_S3_ACCESS_KEY)).isEqualTo("ANN");
        assertThat(waiting.settingsProperty().get().syncBucket()).isPresent();
        assertThat(waiting.keychainAwaitedProperty().get()).isTrue();
        assertThat(waiting.isBucketChanged()).isFalse();
        while (!locked.isEmpty()) {
            locked.remove().run();
        }
        assertThat(waiting.keychainAwaitedProperty().get()).isFalse();
        assertThat(waiting.bucket().secretKey.get()).isEmpty();
        assertThat(waiting.secretKeptProperty().get()).isTrue();
    }

    /** Or the form would go while somebody types into it. */
    @Test
    void aPlaceThatIsBeingSetUpStaysWhenSomethingElseIsChanged() throws IOException {
        model.setFolder(Files.createDirectory(place.resolve("shared")));
        assertThat(model.isTargetStored()).isTrue();
        model.setTarget(SyncTarget.S3);
        model.bucket().address.set("s3://notes?endpoint=http://127.0.0.1:9");
        model.setInterval(300);
        assertThat(model.targetProperty().get()).isEqualTo(SyncTarget.S3);
        assertThat(model.isTargetStored()).isFalse();
        assertThat(model.bucket().bucket.get()).isEqualTo("notes");
        model.show(file.change(current -> current.with(Setting.SYNC_TARGET, "off")));
        model.show(file.change(current -> current.with(Setting.SYNC_TARGET, "folder")));
        assertThat(model.targetProperty().get()).isEqualTo(SyncTarget.FOLDER);
    }

    @Test
    void aKeyThatWasChangedElsewhereIsShownAndNotWrittenOver() {
        model.setTarget(SyncTarget.S3);
        model.bucket().address.set("s3://notes?endpoint=http://127.0.0.1:9&region=eu");
        model.bucket().accessKey.set("ANN");
        model.bucket().secretKey.set("hush");
        model.saveBucket();
        model.show(file.change(current -> current.with(Setting.SYNC_S3_ACCESS_KEY, "BEN")));
        assertThat(model.bucket().accessKey.get()).isEqualTo("BEN");
        assertThat(model.isBucketChanged()).isFalse();
    }

    @Test
    void aProblemIsSaidAgainWhenItComesAgain() {
        List<String> said = new ArrayList<>();
        model.problemProperty().subscribe(text -> said.add(String.valueOf(text)));
        model.setFolder(place.resolve("nowhere"));
        model.setFolder(place.resolve("nowhere"));
        assertThat(said).hasSize(4).element(3).isEqualTo(said.get(1)).isNotEqualTo("null");
    }

    @Test
    void theTestOfABucketTriesWhatIsTypedAndNamesTheFieldThatIsWrong() {
        model.setTarget(SyncTarget.S3);
        model.bucket().address.set("s3://notes?endpoint=http://127.0.0.1:9");
        model.testConnection();
        assertThat(model.test().reportProperty().get().failure().orElseThrow().setting())
                .contains(StorageProbe.Setting.ACCESS_KEY);
        model.bucket().accessKey.set("ANN");
        model.bucket().secretKey.set("hush");
        model.testConnection();
        assertThat(model.test().reportProperty().get().failure().orElseThrow().setting())
                .contains(StorageProbe.Setting.ENDPOINT);
        assertThat(file.read().syncBucket()).isEmpty();
    }

    @Test
    void aTestThatWasCancelledSaysNothingMore() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        ConnectionTest test = new ConnectionTest(here, waiting::add);
        test.start(MemoryStorage::new);
        test.cancel();
        Thread.interrupted();
        waiting.forEach(Runnable::run);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(test.reportProperty().get()).isNull();
        assertThat(test.steps()).isEmpty();
    }

    /** As when the keychain is locked, which the secret key is asked of. */
    @Test
    void aTestThatCannotEvenBeginEndsWithASentence() {
        ConnectionTest test = new ConnectionTest(here, here);
        test.start(() -> {
            throw new ProblemException("secret.keychainFailed", "sync.s3.secret-key");
        });
        assertThat(test.runningProperty().get()).isFalse();
        assertThat(test.problemProperty().get()).contains("keychain", "sync.s3.secret-key");
        test.start(MemoryStorage::new);
        assertThat(test.problemProperty().get()).isNull();
        assertThat(test.reportProperty().get().isUsable()).isTrue();
    }

    /** Else what came of the old key would be shown for the new one. */
    @ParameterizedTest
    @MethodSource("edits")
    void whatIsChangedWhileATestRunsEndsIt(Consumer<BucketDraft> edit) {
        Deque<Runnable> waiting = new ArrayDeque<>();
        PreferencesViewModel slow = modelTesting(waiting::add);
        fill(slow);
        slow.testConnection();
        assertThat(slow.test().runningProperty().get()).isTrue();
        edit.accept(slow.bucket());
        assertThat(slow.test().runningProperty().get()).isFalse();
        waiting.forEach(Runnable::run);
        Thread.interrupted(); // This thread was the one that tested.
        assertThat(slow.test().reportProperty().get()).isNull();
        assertThat(slow.test().steps()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void whatIsChangedAfterATestForgetsIt(Consumer<BucketDraft> edit) {
        PreferencesViewModel quick = modelTesting(here);
        fill(quick);
        quick.testConnection();
        assertThat(quick.test().reportProperty().get()).isNotNull();
        edit.accept(quick.bucket());
        assertThat(quick.test().reportProperty().get()).isNull();
    }

    static Stream<Named<Consumer<BucketDraft>>> edits() {
        return Stream.of(
                Named.of("address", bucket -> bucket.address.set("s3://other?endpoint=http://127.0.0.1:9")),
                Named.of("bucket", bucket -> bucket.bucket.set("other")),
                Named.of("bucket that cannot be", bucket -> bucket.bucket.set("No Bucket")),
                Named.of("prefix", bucket -> bucket.prefix.set("other")),
                Named.of("provider", bucket -> bucket.choose(StorageProvider.WASABI)),
                Named.of("access key", bucket -> bucket.accessKey.set("BEN")),
                Named.of("secret key", bucket -> bucket.secretKey.set("louder")),
                Named.of("path style", bucket -> bucket.pathStyle.set(TriState.FALSE)),
                Named.of("compatibility", bucket -> bucket.compatibility.set(TriState.TRUE)));
    }

    private PreferencesViewModel modelTesting(Executor worker) {
        return new PreferencesViewModel(
                file.read(),
                new SyncSetup(composition),
                SerialTaskRunner.on(here, here),
                SerialTaskRunner.on(here, here),
                new ConnectionTest(worker, here));
    }

    private static void fill(PreferencesViewModel model) {
        model.setTarget(SyncTarget.S3);
        model.bucket().address.set("s3://notes?endpoint=http://127.0.0.1:9");
        model.bucket().accessKey.set("ANN");
        model.bucket().secretKey.set("hush");
    }

    @Test
    void aPassphraseIsTakenOnlyIfItWasTypedTwiceAlike() {
        EncryptionViewModel encryption = model.encryption();
        encryption.setWanted(true);
        encryption.usePassphrase("short", "short");
        assertThat(encryption.problemProperty().get()).contains("at least 8");
        encryption.usePassphrase("four words are enough", "four words are enuogh");
        assertThat(encryption.problemProperty().get()).contains("passphrases differ");
        assertThat(file.read().get(Setting.SYNC_ENCRYPTION)).isEmpty();
        encryption.usePassphrase("four words are enough", "four words are enough");
        assertThat(encryption.problemProperty().get()).isNull();
        assertThat(file.read().get(Setting.SYNC_ENCRYPTION)).contains(EncryptionMode.AGE);
        assertThat(encryption.passphraseSetProperty().get()).isTrue();
        assertThat(encryption.unlockedProperty().get()).isFalse();
        assertThat(encryption.secretLocationProperty().get()).contains("no keychain", "in memory");
    }

    /** Enter, pressed twice. */
    @Test
    void aPassphraseIsNotTakenTwiceAtOnce() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        EncryptionViewModel encryption = new EncryptionViewModel(
                new SyncSetup(composition), SerialTaskRunner.on(waiting::add, here), file.read(), changed -> {});
        waiting.clear();
        encryption.usePassphrase("four words are enough", "four words are enough");
        encryption.usePassphrase("four words are enough", "four words are enough");
        assertThat(waiting).hasSize(1);
        waiting.forEach(Runnable::run);
        assertThat(encryption.busyProperty().get()).isFalse();
    }

    /** Sealed with one, the keys would open with nothing that anybody can type. */
    @Test
    void aRecoveryCodeIsNoPassphraseToHaveFromNowOn() {
        String code = new String(RecoveryCode.random().toCharArray());
        assertThat(EncryptionViewModel.validateNew(code, code)).contains("of your own");
    }

    @Test
    void aPassphraseIsJudgedByWhatItWouldTakeToFindIt() {
        assertThat(PassphraseStrength.of("")).isEqualTo(PassphraseStrength.NONE);
        assertThat(PassphraseStrength.of("password")).isEqualTo(PassphraseStrength.WEAK);
        assertThat(PassphraseStrength.of("aaaaaaaaaaaaaaaaaaaa")).isEqualTo(PassphraseStrength.WEAK);
        assertThat(PassphraseStrength.of("1234567890")).isEqualTo(PassphraseStrength.WEAK);
        assertThat(PassphraseStrength.of("tide mark under sand")).isEqualTo(PassphraseStrength.FAIR);
        assertThat(PassphraseStrength.of("tide mark under seven wet stones")).isEqualTo(PassphraseStrength.STRONG);
        assertThat(PassphraseStrength.of("x7!kQp2#vLm9")).isEqualTo(PassphraseStrength.STRONG);
    }

    @Test
    void theNextStepIsNamedUntilTheShownStorageIsStored() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
        try {
            model.setTarget(SyncTarget.FOLDER);
            assertThat(model.nextStep()).contains("Choose a folder to start syncing.");
            model.setTarget(SyncTarget.S3);
            assertThat(model.nextStep()).contains("Save to start syncing.");
            model.setTarget(SyncTarget.FOLDER);
            model.setFolder(Files.createDirectory(place.resolve("shared")));
            assertThat(model.nextStep()).isEmpty();
        } finally {
            Locale.setDefault(before);
        }
    }

    /** The status of the folder would look as if the bucket had been synced with. */
    @Test
    void aBucketBeingSetUpHasANextStepThoughAFolderIsSynced() throws IOException {
        model.setFolder(Files.createDirectory(place.resolve("shared")));
        model.setTarget(SyncTarget.S3);
        assertThat(model.nextStep()).isPresent();
        model.setTarget(SyncTarget.FOLDER);
        assertThat(model.nextStep()).isEmpty();
    }
}
