package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys edit Markdown. In the texts, a | marks the caret, and two of them the ends of the selection. */
class MarkdownEditTest {
    private interface Key {
        @Nullable
        MarkdownEdit press(String text, int from, int to);
    }

    private static String after(String marked, Key key) {
        int from = marked.indexOf('|');
        int to = marked.lastIndexOf('|');
        String text = marked.replace("|", "");
        int end = to == from ? from : to - 1;
        MarkdownEdit edit = key.press(text, from, end);
        if (edit == null) {
            return "as ever";
        }
        String changed = text.substring(0, edit.from()) + edit.text() + text.substring(edit.to());
        int first = Math.min(edit.anchor(), edit.caret());
        int last = Math.max(edit.anchor(), edit.caret());
        return first == last
                ? changed.substring(0, first) + "|" + changed.substring(first)
                : changed.substring(0, first) + "|" + changed.substring(first, last) + "|" + changed.substring(last);
    }

    private static String enter(String marked) {
        return after(marked.replace('/', '\n'), MarkdownEdit::enter).replace('\n', '/');
    }

    private static String space(String marked) {
        return after(marked.replace('/', '\n'), MarkdownEdit::space).replace('\n', '/');
    }

    private static String tab(String marked, boolean out) {
        return after(marked.replace('/', '\n'), (text, from, to) -> MarkdownEdit.indent(text, from, to, out))
                .replace('\n', '/');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "- milk|>- milk/- |",
                "a/* milk|/b>a/* milk/* |/b",
                "1. one|>1. one/2. |",
                "9) nine|>9) nine/10) |",
                "- [x] milk|>- [x] milk/- [ ] |",
                "  - deep|>  - deep/  - |",
                "- mi|lk>- mi/- |lk",
                "- a |word| b>- a /- | b",
                "- [ ] |>|",
                "- one/- |>- one/|",
                "1. |>|",
                "  - |>- |",
            })
    void enterGoesOnWithAListAndEndsIt(String before, String after) {
        assertThat(enter(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"milk|", "|- milk", "-|milk", "-milk|", "- one//|"})
    void elsewhereEnterIsAsEver(String before) {
        assertThat(enter(before)).isEqualTo("as ever");
    }

    @Test
    void tabIndentsItemsAndLinesAndTakesThatBack() {
        assertThat(tab("- a/- b|", false)).isEqualTo("- a/  - b|");
        assertThat(tab("  - b|", true)).isEqualTo("- b|");
        assertThat(tab("1. a|", false)).isEqualTo("   1. a|");
        assertThat(tab("|one/two|", false)).isEqualTo("|  one/  two|");
        assertThat(tab("|  one//  two|/three", true)).isEqualTo("|one//two|/three");
        assertThat(tab("plain|", false)).isEqualTo("as ever");
    }

    @Test
    void marksAreSetAndTakenAway() {
        Key strong = (text, from, to) -> MarkdownEdit.wrap(text, from, to, "**");
        Key emphasis = (text, from, to) -> MarkdownEdit.wrap(text, from, to, "*");
        assertThat(after("a |word| b", strong)).isEqualTo("a **|word|** b");
        assertThat(after("a **|word|** b", strong)).isEqualTo("a |word| b");
        assertThat(after("a |**word**| b", strong)).isEqualTo("a |word| b");
        assertThat(after("a | word | b", strong)).isEqualTo("a  **|word|**  b");
        assertThat(after("a **|word|** b", emphasis)).isEqualTo("a ***|word|*** b");
        assertThat(after("a |", strong)).isEqualTo("a **|**");
    }

    @Test
    void aLinkWaitsForWhatIsMissing() {
        Key typed = (text, from, to) -> MarkdownEdit.link(text, from, to, null);
        Key copied = (text, from, to) -> MarkdownEdit.link(text, from, to, "https://a.example/b");
        assertThat(after("see |this| too", typed)).isEqualTo("see [this](|) too");
        assertThat(after("see |https://a.example/b|", typed)).isEqualTo("see [|](https://a.example/b)");
        assertThat(after("see |this| too", copied)).isEqualTo("see [this](https://a.example/b)| too");
        assertThat(after("|", copied)).isEqualTo("[|](https://a.example/b)");
    }

    @Test
    void aBoxIsTickedWhereOneStands() {
        assertThat(MarkdownEdit.checked("- [ ] a", 2, true)).isEqualTo("- [x] a");
        assertThat(MarkdownEdit.checked("- [X] a", 2, false)).isEqualTo("- [ ] a");
        assertThat(MarkdownEdit.checked("- a", 2, true)).isEqualTo("- a");
        assertThat(MarkdownEdit.checked("- [", 2, true)).isEqualTo("- [");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example/x?y=1", "HTTP://a.example", "mailto:ada@a.example"})
    void webAndMailAreOpened(String target) {
        assertThat(LinkTarget.openable(target)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "notes.pdf",
                "//a.example",
                "https:",
                "ssh://a.example",
                "https://a b",
                ""
            })
    void nothingElseIs(String target) {
        assertThat(LinkTarget.openable(target)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mailto:ada@a.example?subject=Hi%20Ada&body=x&cc=eve@e.example&attach=/etc/passwd,"
                + " mailto:ada@a.example?subject=Hi%20Ada",
        "mailto:ada@a.example?bcc=eve@e.example, mailto:ada@a.example",
        "MAILTO:ada@a.example?body=x&SUBJECT=a%0D%0ABcc:eve@e.example,"
                + " mailto:ada@a.example?subject=a%20Bcc:eve@e.example",
        "mailto:ada@a.example#x, mailto:ada@a.example"
    })
    void aMailHasAnAddressAndASubjectAndNothingElse(String target, String opened) {
        assertThat(LinkTarget.openable(target)).contains(URI.create(opened));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:?to=eve@e.example",
                "mailto:a@a.example,eve@e.example",
                "mailto:a%0abcc:eve@e.example",
                "mailto:ada"
            })
    void aMailToNobodyOrToSeveralIsNotOpened(String target) {
        assertThat(LinkTarget.openable(target)).isEmpty();
    }

    @Test
    void theHostIsKnownWhateverStandsBeforeIt() {
        assertThat(LinkTarget.host(
                        "https://bank.example%2fmy-account@" + "a".repeat(60) + ".evil.example/bank.example"))
                .contains("a".repeat(60) + ".evil.example");
        assertThat(LinkTarget.host("mailto:ada@a.example")).isEmpty();
        assertThat(LinkTarget.openable("https://" + "a.".repeat(200) + "example"))
                .isEmpty();
    }

    @Test
    void anAddressEndsBeforeTheSentenceDoes() {
        var found = LinkTarget.BARE.matcher("(see https://a.example/b_(c), or https://d.example.)");
        assertThat(found.find()).isTrue();
        assertThat(Objects.requireNonNull(found.group())).startsWith("https://a.example/b_");
        assertThat(found.find()).isTrue();
        assertThat(found.group()).isEqualTo("https://d.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "[]|>- [ ] |",
                "a/  []|b>a/  - [ ] |b",
                "- []|>- [ ] |",
                "1. []|>1. [ ] |",
                "a []|>as ever",
                "[|>as ever",
                "|[]|>as ever",
            })
    void aSpaceAfterBracketsMakesATask(String text, String wanted) {
        assertThat(space(text)).isEqualTo(wanted);
    }
}
