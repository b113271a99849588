package dev.tidemark.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.fx.ManualDelays;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.sync.SyncStatus.State;
import dev.tidemark.resources.Icons;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a sync has found out, and what can be done about it. */
@ExtendWith(KeptLanguage.class)
class SyncTroubleTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final MassDelete DELETION = new MassDelete(new ReplicaId(7), "Phone", 1, 90, 90, 100, START);

    private final RecordedControls controls = new RecordedControls();
    private final SyncViewModel model = new SyncViewModel(new ManualDelays(), () -> START, controls);

    private static SyncState state(State state, @Nullable String problem) {
        return new SyncState(state, "/sync", SyncState.Moving.NOTHING, START, 0, problem, null, List.of());
    }

    private static SyncFindings blockedBy(long replica, String name) {
        return new SyncFindings(null, List.of(), new SyncFindings.OtherDevice(new ReplicaId(replica), name));
    }

    @Test
    void announcesThatMostOfTheLibraryWasDeletedUntilSomebodySaysWhatToDo() {
        model.show(state(State.IDLE, null));
        model.show(new SyncFindings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Phone deleted 90 items");
        assertThat(model.alarms()).isTrue();
        model.actions().getFirst().action().run();
        assertThat(controls.undone()).isEqualTo(DELETION);
        model.show(new SyncFindings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Synced just now");
    }

    @Test
    void offersANewRecoveryCodeWhereTwoDevicesHaveOneEach() {
        model.show(state(State.IDLE, null));
        assertThat(model.trouble()).isNull();
        assertThat(model.actions()).isEmpty();
        model.showCodes(false);
        assertThat(model.sentence()).isEqualTo("A new recovery code is needed");
        assertThat(model.alarms()).isTrue();
        assertThat(model.actions()).extracting(SyncAction::id).containsExactly("code");
        model.actions().getFirst().action().run();
        assertThat(controls.asked()).isEqualTo(1);
        model.showCodes(true);
        assertThat(model.sentence()).isEqualTo("Synced just now");
        assertThat(model.alarms()).isFalse();
    }

    @Test
    void namesTheDeviceWhoseClockIsAheadUntilItIsRight() {
        model.show(state(State.IDLE, null));
        model.show(new SyncFindings(null, List.of(new SyncFindings.FastClock("Phone", 3)), null));
        assertThat(model.sentence()).isEqualTo("Synced, with a warning");
        assertThat(model.alarms()).isTrue();
        assertThat(model.trouble()).contains("The clock of Phone is 3 days ahead");
        assertThat(model.actions()).isEmpty();
        model.show(SyncFindings.NONE);
        assertThat(model.trouble()).isNull();
        assertThat(model.sentence()).isEqualTo("Synced just now");
    }

    @Test
    void offersToRetireTheDeviceWhoseFileStaysBadAndAsksFirst() {
        model.show(state(State.NEEDS_ATTENTION, "The file is damaged."));
        model.show(blockedBy(7, "Phone"));
        assertThat(model.trouble()).startsWith("The file is damaged. ").contains("Phone");
        SyncAction offer = model.actions().getFirst();
        assertThat(offer.text()).isEqualTo("Retire Phone");
        assertThat(offer.asks()).isTrue();
        offer.action().run();
        assertThat(controls.retired()).isNull();
        assertThat(model.trouble()).contains("cannot be undone");
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
        model.show(new SyncFindings(DELETION, List.of(), null));
        assertThat(model.sentence()).isEqualTo("Phone deleted 90 items");
        assertThat(model.trouble()).isNotNull();
        model.actions().getFirst().action().run();
        assertThat(controls.undone()).isEqualTo(DELETION);
        assertThat(model.trouble()).isNull();
    }

    @Test
    void aLibraryThatIsNotSyncedHasNoTroubleWithIt() {
        model.show(SyncState.OFF);
        model.showCodes(false);
        model.show(new SyncFindings(null, List.of(new SyncFindings.FastClock("Phone", 3)), null));
        assertThat(model.sentence()).isEqualTo("Not synced");
        assertThat(model.icon()).isEqualTo(Icons.SYNC_OFF);
        assertThat(model.alarms()).isFalse();
        assertThat(model.trouble()).isNull();
        assertThat(model.actions()).isEmpty();
    }

    /** One sentence, and its own icon. */
    @Test
    void aDeviceThatIsOfflineSaysOnlyThat() {
        model.show(state(State.OFFLINE, "Nothing is listening."));
        model.showCodes(false);
        assertThat(model.sentence()).startsWith("Offline since ");
        assertThat(model.icon()).isEqualTo(Icons.OFFLINE);
        assertThat(model.alarms()).isFalse();
    }
}
