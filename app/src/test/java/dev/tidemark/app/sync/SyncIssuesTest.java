package dev.tidemark.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.sync.SyncStatus.State;
import dev.tidemark.resources.Icons;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The problems that a sync found, and the actions for them. */
@ExtendWith(KeptLanguage.class)
class SyncIssuesTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final MassDelete DELETION = new MassDelete(new ReplicaId(7), "Phone", 1, 90, 90, 100, START);

    private final RecordingSyncControls controls = new RecordingSyncControls();
    private final SyncViewModel model = new SyncViewModel(new ManualScheduler(), () -> START, controls);

    private static SyncState state(State state, @Nullable String problem) {
        return new SyncState(state, "/sync", SyncState.Transfer.NOTHING, START, 0, problem, null, List.of());
    }

    private static SyncWarnings blockedBy(long replica, String name) {
        return new SyncWarnings(null, List.of(), new SyncWarnings.OtherDevice(new ReplicaId(replica), name));
    }

    @Test
    void announcesThatMostOfTheLibraryWasDeletedUntilSomebodySaysWhatToDo() {
        model.show(state(State.IDLE, null));
        model.show(new SyncWarnings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Phone deleted 90 items");
        assertThat(model.needsAttention()).isTrue();
        model.actions().getFirst().action().run();
        assertThat(controls.undone()).isEqualTo(DELETION);
        model.show(new SyncWarnings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Synced just now");
    }

    @Test
    void offersANewRecoveryCodeWhereTwoDevicesHaveOneEach() {
        model.show(state(State.IDLE, null));
        assertThat(model.issueText()).isNull();
        assertThat(model.actions()).isEmpty();
        model.setRecoveryCodeValid(false);
        assertThat(model.sentence()).isEqualTo("A new recovery code is needed");
        assertThat(model.needsAttention()).isTrue();
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("code");
        model.actions().getFirst().action().run();
        assertThat(controls.asked()).isEqualTo(1);
        model.setRecoveryCodeValid(true);
        assertThat(model.sentence()).isEqualTo("Synced just now");
        assertThat(model.needsAttention()).isFalse();
    }

    @Test
    void namesTheDeviceWhoseClockIsAheadUntilItIsRight() {
        model.show(state(State.IDLE, null));
        model.show(new SyncWarnings(null, List.of(new SyncWarnings.FastClock("Phone", 3)), null));
        assertThat(model.sentence()).isEqualTo("Synced, with a warning");
        assertThat(model.needsAttention()).isTrue();
        assertThat(model.issueText()).contains("The clock of Phone is 3 days ahead");
        assertThat(model.actions()).isEmpty();
        model.show(SyncWarnings.NONE);
        assertThat(model.issueText()).isNull();
        assertThat(model.sentence()).isEqualTo("Synced just now");
    }

    @Test
    void offersToRetireTheDeviceWhoseFileStaysBadAndAsksFirst() {
        model.show(state(State.NEEDS_ATTENTION, "The file is damaged."));
        model.show(blockedBy(7, "Phone"));
        assertThat(model.issueText()).startsWith("The file is damaged. ").contains("Phone");
        SyncAction offer = model.actions().getFirst();
        assertThat(offer.text()).isEqualTo("Retire Phone");
        assertThat(offer.asks()).isTrue();
        offer.action().run();
        assertThat(controls.retired()).isNull();
        assertThat(model.issueText()).contains("cannot be undone");
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("retire-sure", "retire-not");
        model.actions().getLast().action().run();
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("retire");
        model.actions().getFirst().action().run();
        model.actions().getFirst().action().run();
        assertThat(controls.retired()).isEqualTo(new ReplicaId(7));
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("retire");
    }

    /** It cannot be undone, and was asked about another one. */
    @Test
    void asksAnewWhenAnotherDeviceIsTheOneToRetire() {
        model.show(state(State.NEEDS_ATTENTION, "The file is damaged."));
        model.show(blockedBy(7, "Phone"));
        model.actions().getFirst().action().run();
        model.show(blockedBy(7, "Phone"));
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("retire-sure", "retire-not");
        model.show(blockedBy(8, "Tablet"));
        assertThat(model.actions()).extracting(SyncAction::text).containsExactly("Retire Tablet");
        assertThat(controls.retired()).isNull();
    }

    /** Turning it off is what somebody does whose items have just vanished. */
    @Test
    void whatWasDeletedCanBeBroughtBackWithSyncTurnedOff() {
        model.show(SyncState.OFF);
        model.show(new SyncWarnings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Phone deleted 90 items");
        assertThat(model.issueText()).isNotNull();
        model.actions().getFirst().action().run();
        assertThat(controls.undone()).isEqualTo(DELETION);
        assertThat(model.issueText()).isNull();
    }

    @Test
    void aLibraryThatIsNotSyncedHasNoIssues() {
        model.show(SyncState.OFF);
        model.setRecoveryCodeValid(false);
        model.show(new SyncWarnings(null, List.of(new SyncWarnings.FastClock("Phone", 3)), null));
        assertThat(model.sentence()).isEqualTo("Sync is off");
        assertThat(model.icon()).isEqualTo(Icons.SYNC_OFF);
        assertThat(model.needsAttention()).isFalse();
        assertThat(model.issueText()).isNull();
        assertThat(model.actions()).isEmpty();
    }

    /** One sentence, and its own icon. */
    @Test
    void aDeviceThatIsOfflineSaysOnlyThat() {
        model.show(state(State.OFFLINE, "Nothing is listening."));
        model.setRecoveryCodeValid(false);
        assertThat(model.sentence()).startsWith("Offline since ");
        assertThat(model.icon()).isEqualTo(Icons.OFFLINE);
        assertThat(model.needsAttention()).isFalse();
    }
}
