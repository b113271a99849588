package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KeptLanguage.class)
class TransferProgressTest {
    private final StringWriter said = new StringWriter();
    private long nanos;
    private final TransferProgress progress = new TransferProgress(
            new Terminal(InputStream.nullInputStream(), new StringWriter(), new PrintWriter(said), false), () -> nanos);

    @Test
    void saysNothingOfWhatIsOverSoon() {
        progress.sending(10, 100);
        nanos += Duration.ofSeconds(9).toNanos();
        progress.sending(100, 100);
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void saysEveryFewSecondsHowFarItIs() {
        for (int second = 1; second <= 7; second++) {
            nanos += Duration.ofSeconds(1).toNanos();
            progress.fetching(second * 10_000_000L, 98_000_000);
        }
        assertThat(said.toString().lines())
                .containsExactly("Downloading file: 30.0 of 98.0 MB.", "Downloading file: 60.0 of 98.0 MB.");
    }

    @Test
    void saysHowMuchIsCopiedWhereNobodyKnowsHowMuchThereWillBe() {
        progress.copying(1, 1_000_000);
        nanos += Duration.ofSeconds(3).toNanos();
        progress.copying(1_200, 98_000_000);
        progress.copying(1_201, 98_100_000);
        assertThat(said.toString().lines()).containsExactly("Copied so far: 1,200 files, 98.0 MB.");
    }
}
