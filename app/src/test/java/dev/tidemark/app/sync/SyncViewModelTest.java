package dev.tidemark.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.sync.SyncStatus;
import dev.tidemark.engine.sync.SyncStatus.State;
import dev.tidemark.resources.Icons;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(KeptLanguage.class)
class SyncViewModelTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

    private final ManualScheduler delays = new ManualScheduler();
    private Instant now = START;
    private final RecordingSyncControls controls = new RecordingSyncControls();
    private final SyncViewModel model = new SyncViewModel(delays, () -> now, controls);

    private static SyncState state(boolean running, long pulled, Instant last, long pending, String problem) {
        return state(
                running ? State.SYNCING : problem == null ? State.IDLE : State.NEEDS_ATTENTION,
                pulled,
                last,
                pending,
                problem,
                null);
    }

    private static SyncState state(
            State state, long pulled, Instant last, long pending, String problem, Instant retryAt) {
        return new SyncState(
                state,
                "/sync",
                new SyncState.Transfer(0, pulled, pulled * 100, 0, 0, -1),
                last,
                pending,
                problem,
                retryAt,
                List.of());
    }

    @Test
    void saysThatSyncIsOffAndThenAsksForNothing() {
        assertThat(model.sentence()).isEqualTo("Sync is off");
        model.syncNow();
        assertThat(controls.asked()).isZero();
    }

    @Test
    void saysWhenItLastWorked() {
        model.show(state(false, 0, START, 0, null));
        assertThat(model.sentence()).isEqualTo("Synced just now");
        assertThat(model.icon()).isEqualTo(Icons.SYNCED);
        now = START.plus(Duration.ofMinutes(5));
        assertThat(model.sentence()).isEqualTo("Synced 5 min ago");
    }

    @Test
    void saysWhatWaits() {
        model.show(state(false, 0, START, 1, null));
        assertThat(model.sentence()).isEqualTo("1 change to upload");
        model.show(state(false, 0, START, 3, null));
        assertThat(model.sentence()).isEqualTo("3 changes to upload");
    }

    @Test
    void showsProgressOnlyOfWorkOverASecond() {
        model.show(state(true, 0, START, 0, null));
        assertThat(model.sentence()).isEqualTo("Synced just now");
        delays.pass(Duration.ofMillis(1100));
        model.show(state(true, 1200, START, 0, null));
        assertThat(model.sentence()).isEqualTo("Downloading 1,200 changes, 120 KB");
        assertThat(model.shortSentence()).isEqualTo("Downloading 1,200 changes");
        assertThat(model.slowProperty().get()).isTrue();
        model.show(state(false, 0, START, 0, null));
        assertThat(model.slowProperty().get()).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        model.show(state(false, 0, START, 2, "The folder is not there."));
        assertThat(model.sentence()).isEqualTo("Needs attention");
        assertThat(model.icon()).isEqualTo(Icons.PROBLEM);
        assertThat(model.needsAttention()).isTrue();
    }

    @Test
    void countsDownToTheNextTry() {
        model.show(state(State.RETRYING, 0, START, 0, "Busy.", START.plusSeconds(40)));
        assertThat(model.sentence()).isEqualTo("Retrying in 40 s");
        now = START.plusSeconds(3);
        delays.pass(Duration.ofSeconds(3));
        assertThat(model.sentence()).isEqualTo("Retrying in 37 s");
    }

    @Test
    void countsMinutesWhereSecondsAreNotWorthIt() {
        model.show(state(State.RETRYING, 0, START, 0, "Busy.", START.plusSeconds(280)));
        assertThat(model.sentence()).isEqualTo("Retrying in 5 min");
        now = START.plusSeconds(200);
        assertThat(model.sentence()).isEqualTo("Retrying in 80 s");
    }

    @Test
    void saysTheDaySinceWhichItIsOfflineOnceThatIsNotToday() {
        model.show(state(State.OFFLINE, 0, START, 0, "Nothing is listening.", null));
        assertThat(model.sentence()).startsWith("Offline since ").doesNotContain("yesterday");
        now = START.plus(Duration.ofDays(1));
        assertThat(model.sentence()).startsWith("Offline since yesterday at ");
        now = START.plus(Duration.ofDays(3));
        assertThat(model.sentence()).isEqualTo("Offline since May 4");
    }

    @Test
    void keepsSayingWhatIsWrongWhileItIsTriedAgain() {
        model.show(state(State.OFFLINE, 0, START, 0, "Nothing is listening.", START.plusSeconds(40)));
        String before = model.sentence();
        assertThat(before).startsWith("Offline since ");
        assertThat(model.needsAttention()).isFalse();
        now = START.plus(Duration.ofHours(1));
        model.show(state(State.SYNCING, 0, START, 0, "Nothing is listening.", null));
        assertThat(model.sentence()).isEqualTo(before);
        model.show(state(State.OFFLINE, 0, START, 0, "Nothing is listening.", now.plusSeconds(40)));
        assertThat(model.sentence()).isEqualTo(before);
    }

    @Test
    void saysThatItIsPaused() {
        model.show(state(State.PAUSED, 0, START, 2, null, null));
        assertThat(model.sentence()).isEqualTo("Paused");
        assertThat(model.icon()).isEqualTo(Icons.PAUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "SYNC_EMPTIED, publish",
        "SYNC_PUT_BACK, publish connect",
        "SYNC_PUBLISHED_ANEW, connect",
        "SYNC_OTHER_LIBRARY, connect",
        "SYNC_TWO_LIBRARIES, connect",
        "SYNC_ENCRYPTED, passphrase",
        "SYNC_WOULD_BE_PLAIN, passphrase",
        "SYNC_PASSPHRASE_NEEDED, passphrase",
        "SYNC_PASSPHRASE_SHORT, passphrase",
        "SYNC_WRONG_PASSPHRASE, passphrase",
        "SYNC_WRONG_RECOVERY_CODE, passphrase",
        "SYNC_KEY_DAMAGED, passphrase",
        "SYNC_PASSPHRASE_CHANGED, passphrase",
        "SYNC_NEW_KEY, passphrase",
        "SYNC_CLOSING, ''",
    })
    void eachIssueHasItsButtons(Problem problem, String actions) {
        model.show(SyncState.of(
                new SyncStatus(State.NEEDS_ATTENTION, null, 0, null, new SyncException(problem, "/sync"), null, null),
                "/sync"));
        assertThat(model.issueText()).isNotBlank();
        assertThat(model.actions().stream().map(SyncAction::id).collect(Collectors.joining(" ")))
                .isEqualTo(actions);
        model.actions().forEach(action -> action.action().run());
        assertThat(controls.asked()).isEqualTo(model.actions().size());
        assertThat(model.asksForPassphrase()).isEqualTo(actions.equals("passphrase"));
    }

    @Test
    void aWrongSettingLeadsToTheSettings() {
        assertThat(SyncRemedy.forError(new StorageException(Problem.STORAGE_KEYS_MISSING, "notes")))
                .containsExactly(SyncRemedy.SETTINGS);
    }

    @Test
    void filesOfALaterEpochLeadToUploadingEverythingAgain() {
        assertThat(SyncRemedy.forError(
                        new SyncException(Problem.SYNC_BLOCKED, 2L, "v1/log/a", Problem.FILE_LATER_EPOCH)))
                .containsExactly(SyncRemedy.PUBLISH);
        assertThat(SyncRemedy.forError(new SyncException(Problem.SYNC_BLOCKED, 2L, "v1/log/a", Problem.FILE_CHECKSUM)))
                .isEmpty();
    }

    @Test
    void aWarningIsShownThoughEverythingIsSynced() {
        StorageException clock = new StorageException(Problem.STORAGE_CLOCK_AHEAD, "notes", 7);
        model.show(SyncState.of(new SyncStatus(State.IDLE, START, 0, null, clock, null, null), "notes"));
        assertThat(model.sentence()).isEqualTo("Synced, with a warning");
        assertThat(model.issueText()).contains("7 minutes ahead");
        assertThat(model.needsAttention()).isTrue();
        assertThat(model.actions()).isEmpty();
        model.show(state(false, 0, START, 0, null));
        assertThat(model.needsAttention()).isFalse();
    }

    @Test
    void staysTrueAsTimeGoesBy() {
        int[] told = {0};
        model.show(state(false, 0, START, 0, null));
        model.stateProperty().subscribe(() -> told[0]++);
        model.stateProperty()
                .subscribe(state ->
                        assertThat(state.on()).as("never off in between").isTrue());
        delays.pass(Duration.ofMinutes(1));
        assertThat(told[0]).isPositive();
    }

    @Test
    void saysHowMuchOfTheFilesHasBeenSent() {
        model.show(new SyncState(
                State.SYNCING,
                "/sync",
                new SyncState.Transfer(0, 0, 12_000_000, 12_000_000, 98_000_000, 0.12),
                START,
                1,
                null,
                null,
                List.of()));
        delays.pass(Duration.ofSeconds(2));
        assertThat(model.sentence()).isEqualTo("Uploading files: 12.0 MB of 98.0 MB");
    }
}
