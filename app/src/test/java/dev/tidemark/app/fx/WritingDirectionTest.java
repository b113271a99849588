package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.NodeOrientation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingDirectionTest {
    @ParameterizedTest
    @CsvSource({
        "Call mum, INHERIT",
        "שלום, RIGHT_TO_LEFT",
        "مرحبا, RIGHT_TO_LEFT",
        "'12. (!) שלום world', RIGHT_TO_LEFT",
        "hello שלום, INHERIT",
        "'', INHERIT",
        "12345, INHERIT",
        "👍 שלום, RIGHT_TO_LEFT"
    })
    void isThatOfTheFirstLetter(String text, NodeOrientation direction) {
        assertThat(WritingDirection.of(text)).isEqualTo(direction);
    }
}
