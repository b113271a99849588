package dev.tidemark.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSnippetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Dry stone\\nat the bottom.|Dry stone at the bottom.",
                "## To decide\\n- Venue\\n- [x] *Menu*|To decide Venue Menu",
                "1. Dig **40 cm** deep|Dig 40 cm deep",
                "See [the advice](https://a.example/b) ![wall](wall.png)|See the advice",
                "> Quoted `code` ~~gone~~|Quoted code gone",
                "```java\\nint a;\\n```|int a;",
                "---\\nBelow|Below",
                "2 * 3 * 4 and snake_case_name and -5|2 * 3 * 4 and snake_case_name and -5",
                "  \\n |''",
            })
    void marksAreLeftOutAndOtherSignsStay(String text, String snippet) {
        assertThat(TextSnippet.of(text.replace("\\n", "\n"))).isEqualTo(snippet.equals("''") ? "" : snippet);
    }
}
