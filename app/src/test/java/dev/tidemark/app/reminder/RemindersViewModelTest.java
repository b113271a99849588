package dev.tidemark.app.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The times of reminders, with a real database and a manual clock. */
class RemindersViewModelTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 11, 21, 9, 0);

    @TempDir
    private Path folder;

    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final ManualScheduler delays = new ManualScheduler();
    private final List<String> told = new ArrayList<>();
    private ZonedDateTime now = NINE.minusHours(1).atZone(ZoneId.of("Europe/Berlin"));
    private Database database;
    private RemindersViewModel model;

    @BeforeEach
    void open() throws InterruptedException {
        database = Database.open(folder.resolve("items.db"), LibrarySchema.SCHEMA);
        model = new RemindersViewModel(
                database,
                new Items(database),
                results::add,
                SerialTaskRunner.on(Runnable::run, Runnable::run),
                delays,
                () -> now,
                item -> told.add(item.title()),
                problem -> {
                    throw new AssertionError(problem);
                });
        model.start();
        takeResult();
    }

    @AfterEach
    void close() {
        model.close();
        database.close();
    }

    private void takeResult() throws InterruptedException {
        Runnable result = results.poll(20, TimeUnit.SECONDS);
        assertThat(result).isNotNull();
        result.run();
    }

    private UUID add(String title, LocalDateTime at) throws InterruptedException {
        UUID id = new Items(database).add(NewItem.todo(title).withReminder(at));
        takeResult();
        return id;
    }

    private void pass(Duration time) {
        now = now.plus(time);
        delays.pass(time);
    }

    private List<String> ringing() {
        return model.due().stream().map(Item::title).toList();
    }

    @Test
    void tellsWhenItsTimeComesAndAgainUntilItIsDismissed() throws InterruptedException {
        add("Call mum", NINE);
        assertThat(ringing()).isEmpty();
        for (int step = 0; step < 119; step++) {
            pass(Duration.ofSeconds(30));
        }
        assertThat(told).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(ringing()).containsExactly("Call mum");
        assertThat(told).containsExactly("Call mum");
        for (int step = 0; step < 20; step++) {
            pass(Duration.ofSeconds(30));
        }
        assertThat(told).containsExactly("Call mum", "Call mum");
        model.dismiss(model.due().getFirst());
        takeResult();
        assertThat(ringing()).isEmpty();
        for (int step = 0; step < 40; step++) {
            pass(Duration.ofSeconds(30));
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void tellsAtOnceOfWhatCameWhileNobodyWasThere() throws InterruptedException {
        add("Old", NINE.minusDays(3));
        assertThat(told).containsExactly("Old");
    }

    @Test
    void comesAgainAfterASnooze() throws InterruptedException {
        add("Call mum", now.toLocalDateTime());
        model.snooze(model.due().getFirst(), now.toLocalDateTime().plusMinutes(10));
        takeResult();
        assertThat(ringing()).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(ringing()).containsExactly("Call mum");
        assertThat(told).containsExactly("Call mum", "Call mum");
    }

    @Test
    void whatIsDoneNeedsNoReminder() throws InterruptedException {
        add("Call mum", now.toLocalDateTime());
        model.finish(model.due().getFirst());
        takeResult();
        assertThat(ringing()).isEmpty();
    }

    @Test
    void saysWhenTheSystemCannotTell() {
        AtomicInteger unheard = new AtomicInteger();
        new SystemNotifier("Windows 11").showNotification("Reminders", "Call mum", unheard::incrementAndGet);
        assertThat(unheard).hasValue(1);
    }

    @Test
    void whatIsToldIsNeverACommand() {
        assertThat(new SystemNotifier("Linux").command("-t", "$(rm -rf /)"))
                .endsWith("--", "-t", "$(rm -rf /)")
                .startsWith("notify-send");
        assertThat(new SystemNotifier("Mac OS X").command("a", "\" & quit & \""))
                .endsWith("a", "\" & quit & \"");
        assertThat(new SystemNotifier("Windows 11").command("a", "b")).isEmpty();
    }

    /** In Berlin, on this day there is no time from 2:00 to 3:00. */
    @Test
    void tellsOfATimeThatClocksLeaveOutAsMuchLater() throws InterruptedException {
        now = ZonedDateTime.of(2027, 3, 28, 1, 50, 0, 0, ZoneId.of("Europe/Berlin"));
        add("Check the oven", LocalDateTime.of(2027, 3, 28, 2, 30));
        for (int step = 0; step < 79; step++) {
            pass(Duration.ofSeconds(30));
        }
        assertThat(now.toLocalTime()).isEqualTo("03:29:30");
        assertThat(told).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(told).containsExactly("Check the oven");
    }
}
