package dev.tidemark.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A typed date and time, to which the history jumps. */
class HistoryMomentTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 25, 9, 30, 0, 0, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-21T00:00",
        "2026-11-20 14:30, 2026-11-20T14:31",
        "2026-11-20T14:30, 2026-11-20T14:31",
        "20.11.2026 9:05, 2026-11-20T09:06",
        "20.11., 2026-11-21T00:00",
        "24.12., 2025-12-25T00:00",
        "today, 2026-11-26T00:00",
        "Gestern 18:00, 2026-11-24T18:01",
        "yesterday, 2026-11-25T00:00",
        "8:15, 2026-11-25T08:16",
        "23:59, 2026-11-25T00:00",
    })
    void theTypedDayOrMinuteIsIncluded(String text, String end) {
        assertThat(HistoryMoment.end(text, NOW))
                .contains(LocalDateTime.parse(end).atZone(NOW.getZone()).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "2026-13-01", "32.1.", "25:00", "2026-11-20 14:60", "2026-11-2014:30"})
    void anythingElseIsNotUnderstood(String text) {
        assertThat(HistoryMoment.end(text, NOW)).isEmpty();
    }

    @Test
    void aDayIsNamedWithoutATime() {
        Instant day = HistoryMoment.end("2026-11-20", NOW).orElseThrow();
        Instant minute = HistoryMoment.end("2026-11-20 14:30", NOW).orElseThrow();
        assertThat(HistoryMoment.format(day, NOW)).contains("20").doesNotContain(":");
        assertThat(HistoryMoment.format(minute, NOW)).contains("20", "30");
    }
}
