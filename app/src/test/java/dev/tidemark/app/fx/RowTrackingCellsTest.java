package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.ListInStage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.proof.Proof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/** Cells move with their rows, and each cell still shows the row at its index. */
class RowTrackingCellsTest {
    private final PatchedList<String> rows = new PatchedList<>(Objects::equals);
    private final ListView<String> list = new ListView<>();
    private ListInStage shown;
    private int filled;

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void open() {
        rows.show(IntStream.range(0, 100).mapToObj(index -> "row " + index).toList());
        shown = ListInStage.show(list, rows, row -> row, Counting::new);
    }

    @AfterEach
    void close() {
        shown.close();
    }

    private final class Counting extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String row, boolean empty) {
            filled += row != null && !row.equals(getItem()) ? 1 : 0;
            super.updateItem(row, empty);
            setText(row);
        }
    }

    private void layOut() {
        list.applyCss();
        list.layout();
    }

    private VirtualFlow<?> flow() {
        return (VirtualFlow<?>) list.lookup(".virtual-flow");
    }

    private void expectRightCells() {
        IndexedCell<?> first = Objects.requireNonNull(flow().getFirstVisibleCell());
        IndexedCell<?> last = Objects.requireNonNull(flow().getLastVisibleCell());
        for (int index = first.getIndex(); index <= last.getIndex(); index++) {
            IndexedCell<?> cell = Objects.requireNonNull(flow().getVisibleCell(index));
            assertThat(cell.getItem()).isEqualTo(rows.get(index));
            assertThat(cell.isVisible()).isTrue();
            assertThat(cell.getLayoutY() - first.getLayoutY()).isEqualTo(20.0 * (index - first.getIndex()));
            assertThat(cell.isSelected())
                    .isEqualTo(list.getSelectionModel().getSelectedIndices().contains(index));
        }
        assertThat(last.getIndex() - first.getIndex()).isGreaterThanOrEqualTo(Math.min(rows.size() - 1, 9));
    }

    /**
     * A layout that nothing calls for leaves each row in its cell: what is pressed there would be let go of elsewhere.
     */
    private void expectThatTheyStay() {
        List<IndexedCell<?>> before = visible();
        before.getFirst().requestLayout();
        layOut();
        assertThat(visible()).isEqualTo(before);
    }

    private List<IndexedCell<?>> visible() {
        List<IndexedCell<?>> cells = new ArrayList<>();
        int last = Objects.requireNonNull(flow().getLastVisibleCell()).getIndex();
        for (int index = Objects.requireNonNull(flow().getFirstVisibleCell()).getIndex(); index <= last; index++) {
            cells.add(Objects.requireNonNull(flow().getVisibleCell(index)));
        }
        return cells;
    }

    /** How many cells get another row by this. */
    private int filledBy(Runnable change) {
        return Screen.onScreen(() -> {
            filled = 0;
            change.run();
            layOut();
            expectRightCells();
            int filledNow = filled;
            expectThatTheyStay();
            return filledNow;
        });
    }

    @Test
    void whereARowComesOrGoesTheOthersStayInTheirCells() {
        assertThat(filledBy(() -> rows.add(0, "new"))).isLessThanOrEqualTo(2);
        assertThat(filledBy(() -> rows.add(4, "newer"))).isLessThanOrEqualTo(2);
        assertThat(filledBy(() -> rows.remove(2))).isLessThanOrEqualTo(3);
    }

    @Test
    void whereRowsAreExchangedAsAWholeThoseThatStayAreInTheirCells() {
        List<String> others = new ArrayList<>(rows.subList(0, 50));
        others.add(3, "new");
        assertThat(filledBy(() -> rows.show(others))).isLessThanOrEqualTo(2);
    }

    @Proof
    @Test
    void whateverHappensEachCellShowsTheRowOfItsPlace() {
        long seed = 2611;
        Random random = new Random(seed);
        for (int step = 0; step < 400; step++) {
            int number = step;
            filledBy(() -> {
                for (int change = random.nextInt(3); change >= 0; change--) {
                    changeAtRandom(random, "row " + number + "." + change);
                }
            });
        }
    }

    private void changeAtRandom(Random random, String fresh) {
        int place = random.nextInt(Math.min(rows.size(), 30));
        switch (random.nextInt(8)) {
            case 0, 1 -> rows.add(place, fresh);
            case 2, 3 -> {
                if (rows.size() > 20) {
                    rows.remove(place);
                }
            }
            case 4 -> rows.set(place, fresh);
            case 5 -> list.scrollTo(random.nextInt(rows.size()));
            case 6 -> list.getSelectionModel().clearAndSelect(place);
            default -> {
                List<String> other = new ArrayList<>(rows.subList(random.nextInt(5), rows.size()));
                Collections.swap(other, 0, 7);
                other.add(fresh);
                rows.show(other);
            }
        }
    }
}
