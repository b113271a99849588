package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.detail.WordDiff.Piece;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordDiffTest {
    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static String differing(List<Piece> pieces) {
        return pieces.stream().filter(Piece::differs).map(Piece::text).collect(Collectors.joining("|"));
    }

    @Test
    void tellsTheWordsThatDifferOnEachSide() {
        WordDiff diff = WordDiff.of("Buy oat milk today", "Buy soy milk, today");
        assertThat(differing(diff.one())).isEqualTo("oat");
        assertThat(differing(diff.other())).isEqualTo("soy|,");
        assertThat(text(diff.one())).isEqualTo("Buy oat milk today");
        assertThat(text(diff.other())).isEqualTo("Buy soy milk, today");
    }

    @Test
    void blanksAroundWordsThatDifferAreNotMarked() {
        WordDiff diff = WordDiff.of("Plan dinner", "Plan dinner at Rosa's ");
        assertThat(differing(diff.other())).isEqualTo("at Rosa's");
        assertThat(text(diff.other())).isEqualTo("Plan dinner at Rosa's ");
        assertThat(differing(WordDiff.of("a b", "a  b").other())).isEqualTo("  ");
    }

    @Test
    void anEmptyTextDiffersInAllWordsOfTheOther() {
        WordDiff diff = WordDiff.of("", "all new");
        assertThat(diff.one()).isEmpty();
        assertThat(differing(diff.other())).isEqualTo("all new");
        assertThat(WordDiff.of("same", "same").one()).containsExactly(new Piece("same", false));
    }

    @Test
    void whatIsInCommonIsShortenedToAFewWordsAroundTheDifferences() {
        String before = "before ".repeat(100);
        String between = "between ".repeat(100);
        String after = "after ".repeat(100);
        WordDiff diff = WordDiff.of(before + "1 " + between + "2 " + after, before + "3 " + between + "4 " + after);
        assertThat(differing(diff.one())).isEqualTo("1|2");
        assertThat(text(diff.one())).hasSizeLessThan(250).startsWith(" … ").endsWith(" … ");
        assertThat(text(diff.one())).contains("before 1 between", "between 2 after");
    }

    @Test
    void longTextsAreComparedByLinesAndEndlessOnesNotAtAll() {
        String line = "one two three four five six seven eight nine ten\n";
        WordDiff lines = WordDiff.of(line.repeat(1000), line.repeat(500) + "new\n" + line.repeat(500));
        assertThat(differing(lines.other())).isEqualTo("new");
        WordDiff endless = WordDiff.of("a\n".repeat(500_000), "b\n".repeat(500_000));
        assertThat(text(endless.one())).hasSizeLessThan(1300);
        assertThat(differing(endless.other())).startsWith("b\nb\n");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String smiles = "\uD83D\uDE00".repeat(5000);
        for (String odd : List.of("", "x")) {
            WordDiff diff = WordDiff.of(odd + smiles + " 1", odd + smiles + " 2");
            assertThat(text(diff.one()).codePoints().noneMatch(point -> point >= 0xD800 && point < 0xE000))
                    .isTrue();
        }
    }
}
