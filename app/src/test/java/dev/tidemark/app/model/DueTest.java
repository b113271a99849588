package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Due dates in the form of commands and files. */
class DueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29",
                "2026-13-01",
                "26-01-01",
                "tomorrow",
                "2026-12-31T25:00",
                "2026-12-31T17:00:00",
                "",
                "2026-12-31T",
                "0000-01-01",
                "2026-12-31 17:00"
            })
    void refusesWhatIsNoDate(String text) {
        assertThatThrownBy(() -> Due.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("2026-12-31T17:00 with a time.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-31", "2028-02-29", "2026-12-31T17:00", "0001-01-01", "9999-12-31T23:59"})
    void readsAndWritesDates(String text) {
        assertThat(Due.parse(text)).hasToString(text);
    }
}
