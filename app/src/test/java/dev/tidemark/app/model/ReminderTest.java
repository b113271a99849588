package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reminders mean on two devices. */
class ReminderTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 11, 21, 9, 0);
    private static final LocalDateTime LATER = NINE.plusMinutes(10);

    @TempDir
    private Path folder;

    private static @Nullable Reminder reminder(Database database, UUID item) {
        return database.list(ItemQueries.item(item)).getFirst().reminder();
    }

    private static boolean rings(Database database, UUID item, LocalDateTime now) {
        Reminder reminder = reminder(database, item);
        return reminder != null && reminder.rings(now);
    }

    @Test
    void dismissedOnOneDeviceItIsDismissedOnAll() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").remindingAt(NINE));
            devices.sync();
            assertThat(rings(devices.phone(), item, NINE.minusMinutes(1))).isFalse();
            assertThat(rings(devices.phone(), item, NINE)).isTrue();
            new Items(devices.phone()).dismiss(item);
            devices.sync();
            assertThat(rings(devices.laptop(), item, LATER)).isFalse();
            assertThat(devices.laptop().list(ItemQueries.reminders())).isEmpty();
            assertThat(devices.laptop().conflicts()).isEmpty();
        }
    }

    @Test
    void dismissedOnBothAtOnceItIsNoConflict() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").remindingAt(NINE));
            devices.sync();
            new Items(devices.laptop()).dismiss(item);
            new Items(devices.phone()).dismiss(item);
            devices.sync();
            assertThat(devices.laptop().conflicts()).isEmpty();
            assertThat(rings(devices.phone(), item, LATER)).isFalse();
        }
    }

    @Test
    void anotherTimeThatWasSetMeanwhileRingsAllTheSame() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").remindingAt(NINE));
            devices.sync();
            new Items(devices.laptop()).dismiss(item);
            new Items(devices.phone()).setReminder(item, LATER);
            devices.sync();
            assertThat(rings(devices.laptop(), item, LATER)).isTrue();
        }
    }

    @Test
    void snoozedOnOneDeviceItWaitsOnAll() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").remindingAt(NINE));
            new Items(devices.laptop()).snooze(item, LATER);
            devices.sync();
            assertThat(rings(devices.phone(), item, LATER.minusMinutes(1))).isFalse();
            assertThat(rings(devices.phone(), item, LATER)).isTrue();
        }
    }

    @Test
    void dismissingBringsNothingOutOfTheTrash() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").remindingAt(NINE));
            devices.sync();
            new Items(devices.laptop()).trash(item);
            new Items(devices.phone()).dismiss(item);
            devices.sync();
            assertThat(devices.phone().list(ItemQueries.item(item)).getFirst().trashed())
                    .isTrue();
            assertThat(devices.phone().conflicts()).isEmpty();
        }
    }

    @Test
    void setToTheSameTimeAgainItRingsAgain() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            Items items = new Items(devices.laptop());
            UUID item = items.add(NewItem.todo("Call mum").remindingAt(NINE));
            items.dismiss(item);
            items.setReminder(item, NINE);
            assertThat(rings(devices.laptop(), item, NINE)).isTrue();
        }
    }

    @Test
    void whatFollowsARepeatingTodoRemindsAsLongBeforeWhateverWasSnoozed() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            Items items = new Items(devices.laptop());
            Due due = new Due(
                    LocalDate.of(2026, 11, 22),
                    LocalTime.of(17, 0),
                    Repeat.weekly(1, java.util.Set.of(java.time.DayOfWeek.SUNDAY)));
            UUID item = items.add(NewItem.todo("Call mum").withDue(due).remindingAt(NINE));
            items.snooze(item, LATER);
            items.together(writer -> writer.setDone(item, true, NINE.plusDays(1)));
            Item follower = devices.laptop().list(ItemQueries.reminders()).getFirst();
            assertThat(Objects.requireNonNull(follower.due()).date()).isEqualTo("2026-11-29");
            assertThat(follower.reminder()).isEqualTo(new Reminder(NINE.plusDays(7)));
        }
    }

    @Test
    void onlyADayWithATimeIsOne() {
        assertThat(Reminder.parse("2026-12-31T09:00")).isEqualTo("2026-12-31T09:00");
        assertThatThrownBy(() -> Reminder.parse("2026-12-31")).isInstanceOf(ProblemException.class);
        assertThat(Reminder.ofStored("2026-12-31", null, null)).isNull();
        assertThat(Reminder.ofStored("at the full moon", null, null)).isNull();
    }
}
