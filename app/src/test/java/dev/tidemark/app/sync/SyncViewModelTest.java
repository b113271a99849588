package dev.tidemark.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualDelays;
import dev.tidemark.resources.Icons;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncViewModelTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

    private final Locale before = Locale.getDefault();
    private final ManualDelays delays = new ManualDelays();
    private Instant now = START;
    private int asked;
    private final SyncViewModel model = new SyncViewModel(delays, () -> now, () -> asked++);

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void setLanguageBack() {
        Locale.setDefault(before);
    }

    private static SyncState state(boolean running, long pulled, Instant last, long pending, String problem) {
        return new SyncState(true, "/sync", running, 0, pulled, -1, last, pending, problem);
    }

    @Test
    void saysThatSyncIsOffAndThenAsksForNothing() {
        assertThat(model.sentence()).isEqualTo("Not synced");
        model.syncNow();
        assertThat(asked).isZero();
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
        assertThat(model.sentence()).isEqualTo("1 change waiting");
        model.show(state(false, 0, START, 3, null));
        assertThat(model.sentence()).isEqualTo("3 changes waiting");
    }

    @Test
    void showsProgressOnlyOfWorkOverASecond() {
        model.show(state(true, 0, START, 0, null));
        assertThat(model.sentence()).isEqualTo("Synced just now");
        delays.pass(Duration.ofMillis(1100));
        model.show(state(true, 1200, START, 0, null));
        assertThat(model.sentence()).isEqualTo("Receiving 1,200");
        assertThat(model.slowProperty().get()).isTrue();
        model.show(state(false, 0, START, 0, null));
        assertThat(model.slowProperty().get()).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        model.show(state(false, 0, START, 2, "The folder is not there."));
        assertThat(model.sentence()).isEqualTo("Not synced: The folder is not there.");
        assertThat(model.icon()).isEqualTo(Icons.PROBLEM);
    }

    @Test
    void staysTrueAsTimeGoesBy() {
        int[] told = {0};
        model.show(state(false, 0, START, 0, null));
        model.stateProperty().subscribe(() -> told[0]++);
        delays.pass(Duration.ofMinutes(1));
        assertThat(told[0]).isPositive();
    }
}
