package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextMergeTest {
    private static String merged(String ancestor, String current, String other) {
        return TextMerge.of(ancestor, current, other).text(choice -> false);
    }

    @Test
    void editsOfDifferentPassagesAreBothTaken() {
        TextMerge merge = TextMerge.of(
                "Milk and bread.\nCall Bob today.",
                "Oat milk and bread.\nCall Bob today.",
                "Milk and bread.\nCall Bob on Friday.");
        assertThat(merge.hasChoices()).isFalse();
        assertThat(merge.text(choice -> false)).isEqualTo("Oat milk and bread.\nCall Bob on Friday.");
    }

    @Test
    void equalEditsAreTakenOnce() {
        assertThat(merged("one two three", "one 2 three four", "one 2 three")).isEqualTo("one 2 three four");
    }

    @Test
    void bothVersionsOfOnePassageAreAChoiceWithTheCurrentOneFirst() {
        TextMerge merge = TextMerge.of("Meet at ten.", "Meet at eleven.", "Meet at noon.");
        assertThat(merge.hasChoices()).isTrue();
        assertThat(merge.text(choice -> false)).isEqualTo("Meet at eleven.");
        assertThat(merge.text(choice -> true)).isEqualTo("Meet at noon.");
        assertThat(Objects.requireNonNull(merge.parts()).stream().filter(TextMerge.Part::isChoice))
                .containsExactly(new TextMerge.Part("eleven", "noon"));
    }

    @Test
    void bothTextsAppendedAtTheSamePlaceAreAChoice() {
        TextMerge merge = TextMerge.of("List:", "List: milk", "List: bread");
        assertThat(merge.hasChoices()).isTrue();
        assertThat(merge.text(choice -> false)).isEqualTo("List: milk");
    }

    @Test
    void withoutAnAncestorEachDifferenceIsAChoice() {
        TextMerge merge = TextMerge.of(null, "one two three", "one 2 three 4");
        assertThat(merge.text(choice -> false)).isEqualTo("one two three");
        assertThat(merge.text(choice -> true)).isEqualTo("one 2 three 4");
    }

    @Test
    void textsOfThousandsOfLinesAreNotCompared() {
        String text = IntStream.range(0, 9_000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        assertThat(TextMerge.of("", text, text + "!").parts()).isNull();
    }

    /**
     * Whichever side is the current one, the merge of edits that do not meet is the same, and no word of either is
     * lost.
     */
    @Test
    void aMergeWithoutChoicesIsTheSameFromBothSides() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String base =
                    IntStream.range(0, 12).mapToObj(index -> "word" + index).collect(Collectors.joining(" "));
            String one = base.replace("word" + random.nextInt(12) + " ", "first ");
            String other = base.replace("word" + random.nextInt(12) + " ", "second ");
            TextMerge merge = TextMerge.of(base, one, other);
            TextMerge back = TextMerge.of(base, other, one);
            assertThat(merge.hasChoices()).isEqualTo(back.hasChoices());
            if (!merge.hasChoices()) {
                assertThat(merge.text(choice -> false)).isEqualTo(back.text(choice -> false));
            }
            assertThat(merge.text(choice -> false)).isNotEmpty();
        }
    }
}
