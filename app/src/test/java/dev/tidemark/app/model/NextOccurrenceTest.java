package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.blob.BlobId;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completing a repeating todo creates the next one, on one device and on two. */
class NextOccurrenceTest {
    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 21, 9, 0);
    private static final Due DAILY = Due.parse("2026-11-21T17:00").repeating(Repeat.daily(1));

    @TempDir
    private Path folder;

    private TwoDevices devices;
    private Items onLaptop;
    private Items onPhone;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        onLaptop = new Items(devices.laptop());
        onPhone = new Items(devices.phone());
    }

    @AfterEach
    void close() {
        devices.close();
    }

    private static void tick(Items items, UUID id, boolean done, LocalDateTime when) {
        items.inTransaction(writer -> writer.setDone(id, done, when));
    }

    private static List<Item> open(Database database) {
        return database.list(ItemQueries.items(null, false, false));
    }

    @Test
    void tickingMakesTheNextWithEverythingThatBelongsToIt() {
        UUID list = new Lists(devices.laptop()).add("Home");
        UUID plants = onLaptop.add(NewItem.todo("Water the plants")
                .withBody("- [x] kitchen\n- [ ] hall\n  1. [X] fern")
                .withDue(DAILY)
                .inList(list)
                .withTags(List.of("garden", "daily"))
                .withPriority(Priority.HIGH));
        onLaptop.inTransaction(writer -> writer.attach(plants, "Plan of the garden.pdf", BlobId.of(new byte[32]), 9));
        tick(onLaptop, plants, true, MORNING);
        assertThat(open(devices.laptop())).singleElement().satisfies(next -> {
            assertThat(next.id()).isNotEqualTo(plants);
            assertThat(next.title()).isEqualTo("Water the plants");
            assertThat(next.body()).isEqualTo("- [ ] kitchen\n- [ ] hall\n  1. [ ] fern");
            assertThat(next.due()).isEqualTo(Due.parse("2026-11-22T17:00").repeating(Repeat.daily(1)));
            assertThat(next.listId()).isEqualTo(list);
            assertThat(next.tags()).containsExactly("daily", "garden");
            assertThat(next.priority()).isEqualTo(Priority.HIGH);
            assertThat(devices.laptop().list(Attachment.of(next.id())))
                    .extracting(Attachment::name)
                    .containsExactly("Plan of the garden.pdf");
        });
    }

    @Test
    void aTodoWithoutARuleHasNoNextOccurrence() {
        UUID once = onLaptop.add(NewItem.todo("Once").withDue(Due.parse("2026-11-21")));
        UUID ended = onLaptop.add(NewItem.todo("Ended")
                .withDue(Due.parse("2026-11-21").repeating(new Repeat("FREQ=DAILY;UNTIL=20261121", false))));
        tick(onLaptop, once, true, MORNING);
        tick(onLaptop, ended, true, MORNING);
        assertThat(open(devices.laptop())).isEmpty();
    }

    @Test
    void tickedOnTwoDevicesAtOnceItHasOneSuccessorAndNoConflict() {
        UUID plants = onLaptop.add(NewItem.todo("Water the plants").withDue(DAILY));
        devices.sync();
        tick(onLaptop, plants, true, MORNING);
        tick(onPhone, plants, true, MORNING.plusMinutes(5));
        devices.sync();
        assertThat(open(devices.laptop())).hasSize(1).isEqualTo(open(devices.phone()));
        assertThat(ConflictLine.all(devices.laptop())).isEmpty();
        assertThat(ConflictLine.all(devices.phone())).isEmpty();
    }

    @Test
    void openingItAgainTakesTheSuccessorBackAndTickingItAgainBringsItBack() {
        UUID plants = onLaptop.add(NewItem.todo("Water the plants").withDue(DAILY));
        tick(onLaptop, plants, true, MORNING);
        UUID next = open(devices.laptop()).getFirst().id();
        tick(onLaptop, plants, false, MORNING);
        assertThat(open(devices.laptop())).extracting(Item::id).containsExactly(plants);
        tick(onLaptop, plants, true, MORNING);
        assertThat(open(devices.laptop())).extracting(Item::id).containsExactly(next);
        assertThat(devices.laptop().list(Query.of("SELECT id FROM item"))).hasSize(2);
    }

    @Test
    void aChangedNextOccurrenceStays() {
        UUID plants = onLaptop.add(NewItem.todo("Water the plants").withDue(DAILY));
        tick(onLaptop, plants, true, MORNING);
        devices.sync();
        UUID next = open(devices.phone()).getFirst().id();
        onPhone.setTitle(next, "Water the plants, not the fern");
        devices.sync();
        tick(onLaptop, plants, false, MORNING);
        assertThat(open(devices.laptop())).extracting(Item::id).containsExactlyInAnyOrder(plants, next);
    }

    @Test
    void importingWhatIsDoneMakesNothing() throws Exception {
        UUID plants = onLaptop.add(NewItem.todo("Water the plants").withDue(DAILY));
        tick(onLaptop, plants, true, MORNING);
        StringBuilder lines = new StringBuilder();
        ItemExport.write(devices.laptop(), lines);
        ItemImport.read(new java.io.ByteArrayInputStream(
                        lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .apply(onPhone);
        assertThat(devices.phone().list(ItemQueries.page(null, 10)))
                .isEqualTo(devices.laptop().list(ItemQueries.page(null, 10)))
                .hasSize(2);
    }
}
