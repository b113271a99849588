package dev.tidemark.app.shell;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.print.PrintService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.scene.transform.Scale;
import javafx.stage.Window;

/** Prints pages to pictures. Thread-safe. */
final class RecordingPrintService implements PrintService {
    /** Of what can be printed on, in points. */
    static final double WIDTH = 487;

    private static final int DOTS = 2;

    final List<WritableImage> pages = new CopyOnWriteArrayList<>();
    final List<List<String>> words = new CopyOnWriteArrayList<>();

    /** Where on its page each text ends, in points from the left. */
    final List<Map<String, Double>> ends = new CopyOnWriteArrayList<>();

    final List<String> jobs = new CopyOnWriteArrayList<>();
    volatile boolean isThere = true;
    volatile boolean isJammed;
    volatile boolean ended;
    volatile boolean cancelled;

    @Override
    public void discoverPrinters() {
        if (!isThere) {
            throw new ProblemException("print.none");
        }
    }

    @Override
    public PrintJob showPrintDialog(Window owner, String name) {
        jobs.add(name);
        return new A4();
    }

    private final class A4 implements PrintJob {
        @Override
        public double width() {
            return WIDTH;
        }

        @Override
        public double height() {
            return 734;
        }

        @Override
        public void print(Node page) {
            if (isJammed) {
                throw new ProblemException("print.failed");
            }
            List<Node> texts = new ArrayList<>();
            Screen.collect(page, Text.class::isInstance, texts);
            words.add(texts.stream()
                    .map(text -> ((Text) text).getText())
                    .filter(text -> !text.isBlank())
                    .toList());
            Map<String, Double> places = new HashMap<>();
            texts.forEach(text -> places.put(
                    ((Text) text).getText(),
                    page.sceneToLocal(text.localToScene(text.getLayoutBounds())).getMaxX()));
            ends.add(places);
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setFill(Color.WHITE);
            parameters.setTransform(new Scale(DOTS, DOTS));
            pages.add(Screen.onScreen(() -> page.snapshot(parameters, null)));
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
