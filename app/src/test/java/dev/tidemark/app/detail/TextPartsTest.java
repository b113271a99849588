package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextPartsTest {
    private static final String BOOK = IntStream.range(0, 5000)
            .mapToObj(number -> "Paragraph " + number + " has some words. ".repeat(10))
            .collect(Collectors.joining("\n\n"));

    private final List<String> typed = new ArrayList<>();

    private TextParts parts(String text) {
        return new TextParts(text, typed::add);
    }

    private static String part(TextParts parts) {
        return parts.partProperty().get();
    }

    private static List<String> all(TextParts parts) {
        List<String> all = new ArrayList<>();
        parts.open(0);
        do {
            all.add(part(parts));
        } while (parts.move(1));
        return all;
    }

    @Test
    void aTextOfUsualLengthIsOnePart() {
        TextParts parts = parts("Milk\n\nEggs");
        assertThat(part(parts)).isEqualTo("Milk\n\nEggs");
        assertThat(parts.countProperty().get()).isEqualTo(1);
        assertThat(parts.move(1)).isFalse();
        assertThat(parts.move(-1)).isFalse();
    }

    @Test
    void partsTogetherAreTheTextAndBeginWithParagraphs() {
        TextParts parts = parts(BOOK);
        List<String> all = all(parts);
        assertThat(String.join("", all)).isEqualTo(BOOK);
        assertThat(all)
                .hasSize(parts.countProperty().get())
                .hasSizeGreaterThan(20)
                .allSatisfy(part ->
                        assertThat(part).startsWith("Paragraph ").hasSizeLessThanOrEqualTo(TextParts.MAX_LENGTH));
        assertThat(parts.index()).isEqualTo(all.size() - 1);
    }

    /** Each line is a node of the editor. */
    @Test
    void aTextOfManyShortLinesHasPartsOfSomeHundredLines() {
        String lines = "- [ ] a\n".repeat(4_000);
        List<String> all = all(parts(lines));
        assertThat(String.join("", all)).isEqualTo(lines);
        assertThat(all)
                .hasSizeGreaterThan(4)
                .allSatisfy(part -> assertThat(part.lines()).hasSizeLessThanOrEqualTo(TextParts.MAX_LINES));
        assertThat(String.join("", all(parts("\n".repeat(100_000))))).hasSize(100_000);
        assertThat(all(parts("a\n".repeat(TextParts.MAX_LINES - 1)))).hasSize(1);
    }

    @Test
    void aTextWithoutAnyBreakIsCutBetweenCharacters() {
        String family = "👩‍👩‍👧‍👦";
        assertThat(all(parts(family.repeat(100_000 / family.length()))))
                .hasSizeGreaterThan(3)
                .allSatisfy(part -> assertThat(part).startsWith(family).endsWith(family));
        assertThat(String.join("", all(parts("x".repeat(1_000_000))))).hasSize(1_000_000);
    }

    @Test
    void whatIsTypedIntoAPartChangesTheTextThere() {
        TextParts parts = parts(BOOK);
        parts.move(1);
        String second = part(parts);
        int at = parts.start();
        parts.type("New. " + second);
        assertThat(typed).containsExactly(BOOK.substring(0, at) + "New. " + BOOK.substring(at));
        assertThat(parts.start()).isEqualTo(at);
        parts.type(second);
        assertThat(typed.getLast()).isEqualTo(BOOK);
    }

    @Test
    void aPartStaysWhereItIsWhenTheTextIsChangedElsewhere() {
        TextParts parts = parts(BOOK);
        parts.move(1);
        String second = part(parts);
        parts.show("Preface\n\n" + BOOK);
        assertThat(part(parts).equals(second)).isTrue();
        parts.show("Preface\n\n" + BOOK + "\n\nThe end");
        assertThat(part(parts).equals(second)).isTrue();
        parts.show("Preface\n\n" + BOOK.replace(second, "x" + second) + "\n\nThe end");
        assertThat(part(parts).equals("x" + second)).isTrue();
        parts.type("!" + part(parts));
        assertThat(typed.getLast())
                .startsWith("Preface")
                .contains("!x" + second)
                .endsWith("The end");
    }

    @Test
    void theTextMayBecomeShortOrEmptyOrAnotherOne() {
        TextParts parts = parts(BOOK);
        parts.move(1);
        parts.show(BOOK.substring(0, 10) + BOOK.substring(BOOK.length() - 10));
        assertThat(part(parts)).hasSize(20);
        parts.show("short");
        assertThat(part(parts)).isEqualTo("short");
        assertThat(parts.countProperty().get()).isEqualTo(1);
        parts.show("");
        assertThat(part(parts)).isEmpty();
        parts.show(BOOK);
        assertThat(part(parts)).isEqualTo(all(parts(BOOK)).getFirst());
    }
}
