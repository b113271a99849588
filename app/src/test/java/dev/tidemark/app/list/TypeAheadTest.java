package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeAheadTest {
    private static final List<String> LINES =
            List.of("Bake bread", "Öl kaufen", "  Buy milk", "Buy more milk", "Ask Ada");

    private long nanos;
    private int chosen = -1;
    private final TypeAhead letters = new TypeAhead(() -> nanos);

    private int type(String text) {
        for (int index = 0; index < text.length(); index++) {
            int found = letters.typed(text.substring(index, index + 1), chosen, LINES.size(), LINES::get);
            chosen = found < 0 ? chosen : found;
        }
        return chosen;
    }

    private void rest() {
        nanos += 1_100_000_000L;
    }

    @Test
    void lettersCollectUntilAPause() {
        assertThat(type("buy")).isEqualTo(2);
        assertThat(type(" mo")).isEqualTo(3);
        rest();
        assertThat(letters.isCollecting()).isFalse();
        assertThat(type("a")).isEqualTo(4);
    }

    @Test
    void theFirstLetterGoesToTheNextAndAroundAndSoDoesTheSameAgain() {
        assertThat(type("b")).isEqualTo(0);
        assertThat(type("b")).isEqualTo(2);
        assertThat(type("b")).isEqualTo(3);
        rest();
        assertThat(type("b")).isEqualTo(0);
    }

    @Test
    void capitalsAndAccentsDoNotMatter() {
        assertThat(type("OL")).isEqualTo(1);
        rest();
        assertThat(type("ö")).isEqualTo(1);
    }

    @Test
    void whatNothingBeginsWithLeavesTheChoice() {
        assertThat(type("ask")).isEqualTo(4);
        rest();
        assertThat(type("z")).isEqualTo(4);
    }

    @Test
    void aLetterCanBeTakenBack() {
        assertThat(type("buyx")).isEqualTo(2);
        letters.removeLast();
        assertThat(type(" more")).isEqualTo(3);
    }

    @Test
    void aBlankBelongsToAWordThatGoesOn() {
        type("bake");
        assertThat(letters.continuesWith(" ", LINES.get(chosen))).isTrue();
        rest();
        assertThat(letters.continuesWith(" ", LINES.get(chosen))).isFalse();
    }
}
