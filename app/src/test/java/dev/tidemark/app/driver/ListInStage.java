package dev.tidemark.app.driver;

import dev.tidemark.app.fx.RowTrackingCells;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.stage.Stage;

/** Shows a list in a window of its own, with ten rows of 20 pixels and cells that move with their rows. */
public final class ListInStage implements AutoCloseable {
    private final Stage stage;

    private ListInStage(Stage stage) {
        this.stage = stage;
    }

    /** Shows these rows, and lays them out. Called from any thread but JavaFX's. */
    public static <T> ListInStage show(
            ListView<T> list, ObservableList<T> rows, Function<T, Object> key, Supplier<ListCell<T>> cells) {
        return Screen.onScreen(() -> {
            RowTrackingCells<T> along = new RowTrackingCells<>(rows, key);
            list.setItems(rows);
            list.setFixedCellSize(20);
            list.setCellFactory(view -> along.add(cells.get()));
            Stage stage = new Stage();
            stage.setScene(new Scene(list, 200, 202));
            stage.show();
            list.applyCss();
            list.layout();
            return new ListInStage(stage);
        });
    }

    @Override
    public void close() {
        Screen.onScreen(() -> {
            stage.close();
            return true;
        });
    }
}
