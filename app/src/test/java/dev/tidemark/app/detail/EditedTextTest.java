package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditedTextTest {
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final ReplicaId HERE = new ReplicaId(1);
    private static final ReplicaId THERE = new ReplicaId(2);

    private record Save(String text, VersionVector seen) {}

    private final ManualScheduler delays = new ManualScheduler();
    private final List<Save> saves = new ArrayList<>();
    private final EditedText field =
            new EditedText("milk", state(1, 1), delays, (text, seen) -> saves.add(new Save(text, seen)));

    private static VersionVector state(long here, long there) {
        return VersionVector.of(Map.of(HERE, here, THERE, there));
    }

    private String shown() {
        return field.textProperty().get();
    }

    @Test
    void savesOnceAfterAPause() {
        field.type("milk a");
        delays.pass(Duration.ofMillis(300));
        field.type("milk an");
        delays.pass(Duration.ofMillis(300));
        assertThat(saves).isEmpty();
        delays.pass(PAUSE);
        assertThat(saves).containsExactly(new Save("milk an", state(1, 1)));
    }

    @Test
    void showsWhatArrivesWhileNothingIsTyped() {
        field.deliver("oat milk", state(1, 2));
        assertThat(shown()).isEqualTo("oat milk");
        field.type("oat milk!");
        delays.pass(PAUSE);
        assertThat(saves).containsExactly(new Save("oat milk!", state(1, 2)));
    }

    @Test
    void keepsWhatIsTypedWhenSomethingArrivesAndSavesItAsNotHavingSeenThat() {
        field.type("milk and eggs");
        field.deliver("oat milk", state(1, 2));
        assertThat(shown()).isEqualTo("milk and eggs");
        delays.pass(PAUSE);
        assertThat(saves).containsExactly(new Save("milk and eggs", state(1, 1)));
    }

    @Test
    void takesWhatArrivedOnceTheTypingWasTakenBack() {
        field.type("milk x");
        field.deliver("oat milk", state(1, 2));
        field.type("milk");
        delays.pass(PAUSE);
        assertThat(saves).isEmpty();
        assertThat(shown()).isEqualTo("oat milk");
    }

    @Test
    void anEchoOfAnOlderSaveDoesNotDisturbTheTyping() {
        field.type("a");
        delays.pass(PAUSE);
        field.type("ab");
        delays.pass(PAUSE);
        field.saved("a", new Dot(HERE, 2));
        field.deliver("a", state(2, 1));
        assertThat(shown()).isEqualTo("ab");
        field.saved("ab", new Dot(HERE, 3));
        assertThat(shown()).isEqualTo("ab");
        field.deliver("ab", state(3, 1));
        assertThat(shown()).isEqualTo("ab");
        assertThat(field.isDirty()).isFalse();
    }

    @Test
    void aResultFromBeforeTheSaveIsNotShown() {
        field.type("new");
        delays.pass(PAUSE);
        field.saved("new", new Dot(HERE, 2));
        field.deliver("milk", state(1, 2));
        assertThat(shown()).isEqualTo("new");
        field.deliver("new", state(2, 2));
        assertThat(shown()).isEqualTo("new");
    }

    @Test
    void whatWinsOverASaveShowsWithoutAnEchoOfTheSave() {
        field.type("new");
        delays.pass(PAUSE);
        field.saved("new", new Dot(HERE, 2));
        field.deliver("theirs, later", state(2, 5));
        assertThat(shown()).isEqualTo("theirs, later");
    }

    @Test
    void aFailedSaveIsTriedAgain() {
        field.type("new");
        delays.pass(PAUSE);
        field.failed();
        assertThat(shown()).isEqualTo("new");
        assertThat(field.isDirty()).isTrue();
        field.flush();
        assertThat(saves).hasSize(2);
    }

    @Test
    void aSaveThatChangedNothingWaitsForNoEcho() {
        field.type("same as theirs");
        delays.pass(PAUSE);
        field.saved("same as theirs", null);
        field.deliver("next", state(7, 8));
        assertThat(shown()).isEqualTo("next");
    }
}
