package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final Background background = Background.on(Runnable::run, Runnable::run);

    @Test
    void whoAskedHearsOfWhateverTheWorkEndedWith() {
        List<Throwable> heard = new ArrayList<>();
        for (Throwable end : List.of(new IllegalStateException("a"), new NoClassDefFoundError("b"))) {
            background.run(
                    () -> {
                        if (end instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) end;
                    },
                    done -> {},
                    heard::add);
            assertThat(heard).last().isSameAs(end);
        }
    }
}
