package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time between frames of a window, and the processor time of the JavaFX thread between them. Other
 * programs affect the processor time least. Call from any thread except the JavaFX thread.
 */
final class Frames {
    private final Timer timer = new Timer();

    /**
     * What was seen.
     *
     * @param gaps milliseconds from each frame to the next
     * @param costs milliseconds of JavaFX's thread on a processor between them
     */
    record Seen(List<Double> gaps, List<Double> costs) {
        double longest() {
            return gaps.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        double dearest() {
            return costs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }

        /** How many came more than so many milliseconds after the one before. */
        double over(double limit) {
            return gaps.stream().filter(gap -> gap > limit).count();
        }
    }

    private static final class Timer extends AnimationTimer {
        private List<Double> gaps = new ArrayList<>();
        private List<Double> costs = new ArrayList<>();
        private long before = System.nanoTime();
        private long spentBefore;
        private @Nullable Runnable next;

        @Override
        public void handle(long pulse) {
            // Not the pulse's own time, which is set before the thread is free.
            long now = System.nanoTime();
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            gaps.add((now - before) / 1e6);
            costs.add((spent - spentBefore) / 1e6);
            before = now;
            spentBefore = spent;
            Runnable waiting = next;
            if (waiting != null) {
                next = null;
                waiting.run();
            }
        }
    }

    /** Begins to look. */
    Frames() {
        Screen.onScreen(() -> {
            timer.spentBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            timer.start();
            return true;
        });
    }

    /** What was seen since this was last asked. */
    Seen take() {
        return Screen.onScreen(() -> {
            Seen seen = new Seen(timer.gaps, timer.costs);
            timer.gaps = new ArrayList<>();
            timer.costs = new ArrayList<>();
            return seen;
        });
    }

    /** Has this called when the next frame begins; then the one before has been drawn. On the JavaFX thread. */
    void whenDrawn(Runnable action) {
        timer.next = action;
    }
}
