package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleLineTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call mum",
                "",
                "שלום עולם",
                "مرحبا بالعالم",
                "👩‍👩‍👧‍👦 family",
                "🇵🇹 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "e\u0301 n\u0303 क्षि",
                "a\u200bb\u200e"
            })
    void leavesWhatPeopleWriteAsItIs(String text) {
        assertThat(SingleLineText.of(text)).isEqualTo(text);
    }

    @Test
    void whatBreaksLinesBecomesABlankAndWhatControlsIsLeftOut() {
        assertThat(SingleLineText.of("a\u2028b\u2029c\nd\te\u0085f")).isEqualTo("a b c d e f");
        assertThat(SingleLineText.of("a\u0000b\u001b[31mc\ud800d")).isEqualTo("ab[31mcd");
        assertThat(SingleLineText.of("photo\u202egpj.exe \u2066x\u2069")).isEqualTo("photogpj.exe x");
    }

    @Test
    void tenThousandCharactersAreCutBetweenCharacters() {
        assertThat(SingleLineText.of("x".repeat(10_000))).hasSize(601).endsWith("x…");
        String family = "👩‍👩‍👧‍👦";
        assertThat(SingleLineText.abbreviate(family.repeat(1000))).isEqualTo(family.repeat(48 / family.length()) + "…");
        assertThat(SingleLineText.abbreviate("e\u0301".repeat(1000))).isEqualTo("e\u0301".repeat(48 / 2) + "…");
        assertThat(SingleLineText.abbreviate("x".repeat(48))).hasSize(48);
        assertThat(SingleLineText.abbreviate("\u0000".repeat(1000) + "x")).isEqualTo("x");
    }

    @Test
    void oneCharacterOfAThousandMarksIsCutAllTheSame() {
        assertThat(SingleLineText.abbreviate("a" + "\u0301".repeat(1000))).hasSizeBetween(48, 50);
    }
}
