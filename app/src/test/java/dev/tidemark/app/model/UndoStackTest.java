package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.UndoStep.Action;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undo and redo on a laptop while a phone also writes. */
class UndoStackTest {
    @TempDir
    Path folder;

    private TwoDevices devices;
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private UndoStack stack;
    private Items items;
    private Items onPhone;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        stack = new UndoStack(devices.laptop(), () -> now);
        items = new Items(stack);
        onPhone = new Items(devices.phone());
    }

    @AfterEach
    void close() {
        devices.sync();
        devices.close();
    }

    private Item item(UUID id) {
        return devices.laptop().list(ItemQueries.item(id)).getFirst();
    }

    private void undo(Action action, boolean whole) {
        UndoStack.Outcome outcome = Objects.requireNonNull(stack.undo());
        assertThat(outcome.step().action()).isEqualTo(action);
        assertThat(outcome.whole()).isEqualTo(whole);
    }

    @Test
    void whatIsDoneAgainIsCalledAsItWasWhenItWasDone() {
        UUID milk = items.add(NewItem.todo("Milk"));
        items.setDone(milk, true);
        undo(Action.DONE, true);
        assertThat(Objects.requireNonNull(stack.redo()).step().action()).isEqualTo(Action.DONE);
        undo(Action.DONE, true);
    }

    @Test
    void everyActionIsTakenBackInTurnAndDoneAgain() {
        UUID list = new Lists(stack).add("Home");
        UUID milk = items.add(NewItem.todo("Milk"));
        items.setTitle(milk, "Oats");
        items.setBody(milk, "two packets");
        items.setDue(milk, new Due(LocalDate.of(2026, 12, 24)));
        items.setList(milk, list);
        items.tag(milk, "food");
        items.setDone(milk, true);
        items.trash(milk);
        String atLast = devices.laptop().dump();
        for (Action action : List.of(
                Action.TRASH,
                Action.DONE,
                Action.TAGS,
                Action.MOVE,
                Action.DUE,
                Action.TEXT,
                Action.TITLE,
                Action.ADD,
                Action.LIST)) {
            undo(action, true);
        }
        assertThat(stack.undo()).isNull();
        assertThat(devices.laptop().list(ItemQueries.item(milk))).isEmpty();
        while (stack.redo() != null) {
            assertThat(stack.last()).isNotNull();
        }
        assertThat(devices.laptop().dump()).isEqualTo(atLast);
        undo(Action.TRASH, true);
        assertThat(item(milk).title()).isEqualTo("Oats");
    }

    @Test
    void whatWasTypedInOneGoIsOneStep() {
        UUID note = items.add(NewItem.todo("Milk"));
        for (String typed : List.of("O", "Oa", "Oats")) {
            items.setTitle(note, typed);
            now = now.plusSeconds(2);
        }
        now = now.plusSeconds(60);
        items.setTitle(note, "Oats and bread");
        undo(Action.TITLE, true);
        assertThat(item(note).title()).isEqualTo("Oats");
        undo(Action.TITLE, true);
        assertThat(item(note).title()).isEqualTo("Milk");
    }

    @Test
    void somethingNewMakesRedoImpossible() {
        UUID milk = items.add(NewItem.todo("Milk"));
        items.setDone(milk, true);
        undo(Action.DONE, true);
        items.setTitle(milk, "Oats");
        assertThat(stack.redo()).isNull();
    }

    @Test
    void whatThePhoneWroteSinceStaysAndThePersonIsToldSo() {
        UUID milk = items.add(NewItem.todo("Milk"));
        devices.sync();
        items.setTitle(milk, "Oats");
        devices.sync();
        onPhone.setTitle(milk, "Bread");
        devices.sync();
        undo(Action.TITLE, false);
        assertThat(item(milk).title()).isEqualTo("Bread");
        undo(Action.ADD, false);
        assertThat(item(milk).title()).isEqualTo("Bread");
    }

    @Test
    void takingAnEditBackConflictsWithATrashOnThePhoneLikeAnyEdit() {
        UUID milk = items.add(NewItem.todo("Milk"));
        items.tag(milk, "food");
        devices.sync();
        onPhone.trash(milk);
        undo(Action.TAGS, true);
        devices.sync();
        assertThat(item(milk).trashed()).isFalse();
        assertThat(ConflictLine.all(devices.laptop())).hasSize(1);
        onPhone.restore(milk);
        devices.sync();
    }

    @Test
    void aTickThatMadeASuccessorIsTakenBackWithIt() {
        UUID water = items.add(NewItem.todo("Water the plants")
                .withDue(new Due(LocalDate.of(2026, 11, 21)).repeating(Repeat.parse("FREQ=WEEKLY"))));
        items.setDone(water, true);
        assertThat(devices.laptop().list(ItemQueries.rows(new ItemSource.All(), true)))
                .hasSize(2);
        undo(Action.DONE, true);
        assertThat(devices.laptop().list(ItemQueries.rows(new ItemSource.All(), true)))
                .hasSize(1);
        assertThat(item(water).done()).isFalse();
    }

    @Test
    void whatWasDeletedForGoodIsForgottenHereToo() {
        UUID secret = items.add(NewItem.todo("Secret"));
        items.setTitle(secret, "More secret");
        UUID milk = items.add(NewItem.todo("Milk"));
        items.purge(secret);
        undo(Action.ADD, true);
        assertThat(devices.laptop().list(ItemQueries.item(milk))).isEmpty();
        assertThat(stack.undo()).isNull();
    }

    @Test
    void oneStepCanBeTakenBackAfterOthersCame() {
        UUID milk = items.add(NewItem.todo("Milk"));
        items.trash(milk);
        UndoStep trash = Objects.requireNonNull(stack.last());
        UUID bread = items.add(NewItem.todo("Bread"));
        assertThat(Objects.requireNonNull(stack.undo(trash)).whole()).isTrue();
        assertThat(item(milk).trashed()).isFalse();
        assertThat(item(bread).trashed()).isFalse();
        assertThat(stack.undo(trash)).isNull();
    }

    @Proof
    @Test
    void oldStepsAreForgottenBeforeTheyFillTheMemory() {
        UUID note = items.add(NewItem.todo("Long"));
        for (int version = 0; version < 40; version++) {
            items.setBody(note, String.valueOf((char) ('a' + version)).repeat(1_000_000));
            now = now.plusSeconds(60);
        }
        int steps = 0;
        while (stack.undo() != null) {
            steps++;
        }
        assertThat(steps).isBetween(10, 32);
    }

    private void inField(Runnable change) {
        stack.setFieldUndoing(true);
        change.run();
        stack.setFieldUndoing(false);
        now = now.plusSeconds(60);
    }

    private UUID typedInThreeGoes() {
        UUID milk = items.add(NewItem.todo("Milk"));
        for (String title : new String[] {"Milk a", "Milk ab", "Milk abc"}) {
            now = now.plusSeconds(60);
            items.setTitle(milk, title);
        }
        now = now.plusSeconds(60);
        return milk;
    }

    @Test
    void typingThatTheFieldTookBackIsNotBroughtBackByTheNextUndo() {
        UUID milk = typedInThreeGoes();
        inField(() -> items.setTitle(milk, "Milk ab"));
        undo(Action.TITLE, true);
        assertThat(item(milk).title()).isEqualTo("Milk a");
        undo(Action.TITLE, true);
        assertThat(item(milk).title()).isEqualTo("Milk");
        undo(Action.ADD, true);
    }

    @Test
    void aFieldMayTakeBackSeveralGoesAtOnceOrAPartOfOne() {
        UUID milk = typedInThreeGoes();
        inField(() -> items.setTitle(milk, "Milk a"));
        assertThat(item(milk).title()).isEqualTo("Milk a");
        inField(() -> items.setTitle(milk, "Milk "));
        undo(Action.TITLE, true);
        assertThat(item(milk).title()).isEqualTo("Milk");
        undo(Action.ADD, true);
    }

    @Test
    void whatTheFieldTookBackCanBeDoneAgain() {
        UUID milk = typedInThreeGoes();
        inField(() -> items.setTitle(milk, "Milk ab"));
        assertThat(Objects.requireNonNull(stack.redo()).whole()).isTrue();
        assertThat(item(milk).title()).isEqualTo("Milk abc");
    }

    @Test
    void aWordTypedBackByHandIsAStepLikeAnyOther() {
        UUID milk = typedInThreeGoes();
        items.setTitle(milk, "Milk ab");
        undo(Action.TITLE, true);
        assertThat(item(milk).title()).isEqualTo("Milk abc");
    }
}
