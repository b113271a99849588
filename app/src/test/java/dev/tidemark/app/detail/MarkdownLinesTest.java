package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tidemark.app.detail.MarkdownLine.Block;
import dev.tidemark.app.detail.MarkdownLine.Marker;
import dev.tidemark.app.detail.MarkdownLine.Span;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The editor's styles of Markdown lines. In the texts, / is a line break, and the marks are in braces. */
class MarkdownLinesTest {
    private static List<MarkdownLine> lines(String text) {
        return MarkdownLines.of(text.replace('/', '\n'));
    }

    private static String shown(MarkdownLine line) {
        return "{" + line.text().substring(0, line.prefix()) + "}"
                + line.spans().stream()
                        .map(span -> styled(line.text().substring(span.from(), span.to()), span))
                        .collect(Collectors.joining());
    }

    private static String styled(String words, Span span) {
        MarkdownLine.Style style = span.style();
        String name = (style.strong() ? "S" : "")
                + (style.emphasis() ? "E" : "")
                + (style.code() ? "C" : "")
                + (style.image() ? "I" : "")
                + (span.target() == null ? "" : "L");
        return style.mark() ? "{" + words + "}" : name.isEmpty() ? words : name + "(" + words + ")";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain words>{}plain words",
                "a **b** c>{}a {**}S(b){**} c",
                "a *b **c***>{}a {*}E(b ){**}SE(c){**}{*}",
                "`a b` c>{}{`}C(a b){`} c",
                "``a`b``>{}{``}C(a`b){``}",
                "[here](u) now>{}{[}L(here){](u)} now",
                "![p](u.png)>{}I(![p](u.png))",
                "## Head *x* ##>{## }Head {*}E(x){*}{ ##}",
                "- milk>{- }milk",
                "  - milk>{  - }milk",
                "12. milk>{12. }milk",
                "- [ ] milk **now**>{- [ ] }milk {**}S(now){**}",
                "- >{- }",
                "*open>{}*open",
                "```>{}{```}",
            })
    void marksAreFound(String text, String wanted) {
        assertThat(shown(lines(text).getFirst())).isEqualTo(wanted);
    }

    @Test
    void blocksHaveTheirKinds() {
        List<MarkdownLine> lines = lines("# A/text/___/```java/int a;///b/```/> q/> > r/Title/===/---");
        assertThat(lines)
                .extracting(MarkdownLine::block)
                .containsExactly(
                        Block.HEADING_1,
                        Block.TEXT,
                        Block.RULE,
                        Block.FENCE,
                        Block.CODE,
                        Block.CODE,
                        Block.CODE,
                        Block.CODE,
                        Block.FENCE,
                        Block.TEXT,
                        Block.TEXT,
                        Block.TEXT,
                        Block.TEXT,
                        Block.RULE);
        assertThat(lines.get(9).quotes()).isEqualTo(1);
        assertThat(lines.get(10).quotes()).isEqualTo(2);
        assertThat(shown(lines.get(10))).isEqualTo("{> > }r");
    }

    @Test
    void listsHaveMarkersAndDepths() {
        List<MarkdownLine> lines = lines("- a/  more/  - [x] b/    1. c/- d");
        assertThat(lines)
                .extracting(MarkdownLine::marker)
                .containsExactly(Marker.BULLET, Marker.CONTINUED, Marker.CHECKED_BOX, Marker.NUMBER, Marker.BULLET);
        assertThat(lines).extracting(MarkdownLine::depth).containsExactly(0, 0, 1, 2, 0);
        assertThat(shown(lines.get(1))).isEqualTo("{  }more");
        assertThat(lines.get(2).box()).isEqualTo(4);
    }

    @Test
    void linksHaveTheirAddresses() {
        MarkdownLine line = MarkdownLines.of("see https://a.example and [b](https://b.example)")
                .getFirst();
        assertThat(line.targetAt(0)).isNull();
        assertThat(line.targetAt(6)).isEqualTo("https://a.example");
        assertThat(line.targetAt(28)).isEqualTo("https://b.example");
    }

    /** Whatever the text, the lines contain all its characters once, and each mark and span lies within its line. */
    @Test
    void everyCharacterOfRandomTextsIsKept() {
        Random random = new Random(20);
        String[] parts = {
            "- ", "[ ] ", "[x] ", "1. ", "> ", "#", " ", "*", "**", "`", "```", "\n", "\n\n", "a", "\t", "[", "](", ")",
            "<", "\\", "---", "é", "😀", "ש", "\r", "!"
        };
        for (int round = 0; round < 3000; round++) {
            String text = random.ints(random.nextInt(24), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .collect(Collectors.joining());
            List<MarkdownLine> lines = MarkdownLines.of(text);
            assertThat(lines.stream().map(MarkdownLine::text).collect(Collectors.joining("\n")))
                    .isEqualTo(text);
            for (MarkdownLine line : lines) {
                int at = line.prefix();
                for (Span span : line.spans()) {
                    assertThat(span.from()).as(text).isEqualTo(at);
                    at = span.to();
                }
                assertThat(at).as(text).isEqualTo(line.text().length());
            }
        }
    }

    /** Anyone who can write to the storage can send such a text. JavaFX would take seconds to lay out thousands of nodes. */
    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "*a", "**a ", "*a* ", "[", "[a", "](b)", "[a](b) ", "![", "<", "&", "_a ", "`"})
    void aLineOfNothingButMarksHasFewSpans(String mark) {
        String text = mark.repeat(TextParts.MAX_LENGTH / mark.length());
        MarkdownLine line = assertTimeout(
                Duration.ofSeconds(20), () -> MarkdownLines.of(text).getFirst());
        assertThat(line.spans()).hasSizeLessThanOrEqualTo(301);
        assertThat(line.text()).isEqualTo(text);
    }
}
