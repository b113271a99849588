package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.ListInStage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.PatchedList;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/** Several updates arrive between two frames, before the list is laid out again. */
class ScrollAnchorBetweenFramesTest {
    private final PatchedList<ItemRow> rows =
            new PatchedList<>((one, other) -> one.id().equals(other.id()));
    private final ListView<ItemRow> list = new ListView<>();
    private final ScrollAnchor place =
            new ScrollAnchor(list, id -> rows.stream().map(ItemRow::id).toList().indexOf(id));
    private ListInStage shown;

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void openScrolled() {
        rows.show(
                IntStream.range(0, 60).mapToObj(number -> row("row " + number)).toList());
        shown = ListInStage.show(list, rows, ItemRow::id, ListCell::new);
        Screen.onScreen(() -> {
            list.scrollTo(20);
            list.layout();
            return true;
        });
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private static ItemRow row(String title) {
        return new ItemRow(
                UUID.randomUUID(), Kind.TODO, title, "", Priority.NONE, false, null, null, null, List.of(), false);
    }

    private void update(LiveList.Cause cause, Runnable change) {
        place.beforeUpdate(cause);
        change.run();
        place.afterUpdate();
    }

    private String top() {
        VirtualFlow<?> flow = (VirtualFlow<?>) list.lookup(".virtual-flow");
        IndexedCell<?> first = Objects.requireNonNull(flow.getFirstVisibleCell());
        return ((ItemRow) Objects.requireNonNull(first.getItem())).title();
    }

    @Test
    void theFirstRowThatIsSeenGoesAndWhatArrivesThenMovesNothing() {
        Screen.onScreen(() -> {
            assertThat(top()).isEqualTo("row 20");
            update(LiveList.Cause.LOCAL_CHANGE, () -> rows.remove(20));
            update(LiveList.Cause.REMOTE_CHANGE, () -> rows.add(0, row("new")));
            list.layout();
            assertThat(top()).isEqualTo("row 21");
            return true;
        });
    }

    @Test
    void severalRowsAtTheTopGoAndWhatArrivesThenMovesNothing() {
        Screen.onScreen(() -> {
            update(LiveList.Cause.LOCAL_CHANGE, () -> rows.subList(18, 22).clear());
            update(LiveList.Cause.REMOTE_CHANGE, () -> rows.addAll(0, List.of(row("new"), row("newer"))));
            list.layout();
            assertThat(top()).isEqualTo("row 24");
            return true;
        });
    }
}
