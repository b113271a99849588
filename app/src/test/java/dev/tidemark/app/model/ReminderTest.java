package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.dates.WallTime;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reminders on two devices. */
class ReminderTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 11, 21, 9, 0);
    private static final LocalDateTime LATER = NINE.plusMinutes(10);

    @TempDir
    private Path folder;

    private static @Nullable Reminder reminder(Database database, UUID item) {
        return database.list(ItemQueries.item(item)).getFirst().reminder();
    }

    private static boolean rings(Database database, UUID item, LocalDateTime now) {
        Reminder reminder = reminder(database, item);
        return reminder != null && reminder.isDue(now.atZone(BERLIN));
    }

    @Test
    void dismissedOnOneDeviceItIsDismissedOnAll() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").withReminder(NINE));
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
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").withReminder(NINE));
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
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").withReminder(NINE));
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
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").withReminder(NINE));
            new Items(devices.laptop()).snooze(item, LATER);
            devices.sync();
            assertThat(rings(devices.phone(), item, LATER.minusMinutes(1))).isFalse();
            assertThat(rings(devices.phone(), item, LATER)).isTrue();
        }
    }

    @Test
    void dismissingBringsNothingOutOfTheTrash() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Call mum").withReminder(NINE));
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
            UUID item = items.add(NewItem.todo("Call mum").withReminder(NINE));
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
            UUID item = items.add(NewItem.todo("Call mum").withDue(due).withReminder(NINE));
            items.snooze(item, LATER);
            items.inTransaction(writer -> writer.setDone(item, true, NINE.plusDays(1)));
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

    /** In Berlin, on this day there is no time from 2:00 to 3:00. */
    @Test
    void aTimeThatClocksLeaveOutIsAsMuchLater() {
        Reminder reminder = new Reminder(LocalDateTime.of(2027, 3, 28, 2, 30));
        assertThat(reminder.isDue(ZonedDateTime.of(2027, 3, 28, 1, 59, 0, 0, BERLIN)))
                .isFalse();
        assertThat(reminder.isDue(ZonedDateTime.of(2027, 3, 28, 3, 0, 0, 0, BERLIN)))
                .isFalse();
        assertThat(reminder.isDue(ZonedDateTime.of(2027, 3, 28, 3, 29, 0, 0, BERLIN)))
                .isFalse();
        assertThat(reminder.isDue(ZonedDateTime.of(2027, 3, 28, 3, 30, 0, 0, BERLIN)))
                .isTrue();
    }

    /** In Berlin, on this day the time from 2:00 to 3:00 comes twice. */
    @Test
    void aTimeThatComesTwiceIsTheFirstAndDoesNotComeAgain() {
        Reminder reminder = new Reminder(LocalDateTime.of(2026, 10, 25, 2, 30));
        ZonedDateTime first =
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, BERLIN).withEarlierOffsetAtOverlap();
        assertThat(reminder.isDue(first.minusMinutes(1))).isFalse();
        for (int minutes = 0; minutes <= 120; minutes++) {
            assertThat(reminder.isDue(first.plusMinutes(minutes)))
                    .as("%d minutes later", minutes)
                    .isTrue();
        }
        Due due = Due.parse("2026-10-25T02:30");
        assertThat(due.isBefore(first.minusMinutes(1))).isFalse();
        assertThat(due.isBefore(first.plusMinutes(40))).isTrue();
    }

    @Test
    void whatIsPutOffWaitsAtLeastSoLongWhereverClocksChange() {
        ZonedDateTime midnight = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, BERLIN);
        for (ZonedDateTime day :
                List.of(midnight, midnight.withYear(2027).withMonth(3).withDayOfMonth(28))) {
            for (int minutes = 0; minutes < 300; minutes += 5) {
                for (Duration wait : List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(3))) {
                    ZonedDateTime now = day.plusMinutes(minutes);
                    Reminder reminder = new Reminder(WallTime.after(now, wait));
                    assertThat(reminder.isDue(now.plus(wait).minusMinutes(1)))
                            .as("%s and %s", now, wait)
                            .isFalse();
                    assertThat(reminder.isDue(now.plus(wait).plusHours(1)))
                            .as("%s and %s", now, wait)
                            .isTrue();
                }
            }
        }
    }
}
