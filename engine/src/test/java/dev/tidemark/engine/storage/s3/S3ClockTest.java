package dev.tidemark.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The storage detects a wrong local clock from the server's answers. */
class S3ClockTest {
    private static final S3Server SERVER = S3Server.running();

    private static S3Storage on(Duration ahead) {
        S3Options options = S3Server.options(SERVER.plainEndpoint(), SERVER.newBucket(), "");
        return S3Storage.open(options, () -> Instant.now().plus(ahead));
    }

    @ParameterizedTest
    @CsvSource({"PT7M, STORAGE_CLOCK_AHEAD", "PT-61M, STORAGE_CLOCK_BEHIND"})
    void theTestOfAConnectionWarnsOfIt(Duration ahead, Problem wanted) {
        StorageProbe.Report report = StorageProbe.test(() -> on(ahead), step -> {});
        assertThat(report.isUsable()).isTrue();
        StorageException warning = report.warning();
        assertThat(warning).isNotNull();
        assertThat(warning.problem()).isEqualTo(wanted);
        assertThat((Long) warning.arguments().getLast())
                .isBetween(ahead.abs().toMinutes() - 1, ahead.abs().toMinutes() + 1);
    }

    @Test
    void aClockThatIsRightIsNotMentioned() {
        assertThat(StorageProbe.test(() -> on(Duration.ZERO), step -> {}).warning())
                .isNull();
        try (S3Storage unasked = on(Duration.ofDays(1))) {
            assertThat(unasked.clockAhead()).isEmpty();
        }
    }
}
