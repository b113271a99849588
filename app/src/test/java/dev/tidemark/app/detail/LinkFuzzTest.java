package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.Mutations;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Of all links in a note, only web and mail addresses are opened. */
class LinkFuzzTest {
    @MethodSource("soundLinks")
    @FuzzTest
    void link(byte[] input) {
        String text = Mutations.text(input);
        LinkTarget.openable(text).ifPresent(address -> {
            assertThat(address.getScheme().toLowerCase(Locale.ROOT)).isIn(Set.of("http", "https", "mailto"));
            assertThat(address.toString().chars()).noneMatch(Character::isISOControl);
            assertThat(LinkTarget.openable(address.toString())).contains(address);
        });
        LinkTarget.host(text).ifPresent(host -> assertThat(host).isNotBlank());
        LinkTarget.isAddress(text);
        LinkTarget.BARE.matcher(text).results().forEach(found -> LinkTarget.openable(found.group()));
    }

    static List<byte[]> soundLinks() {
        return Mutations.corpus(
                "https://user@a.example:8443/b_(c)?d=e&f#g",
                "(see http://[::1]/%20, or https://d.example.)",
                "mailto:ada@a.example?cc=x@y.example&subject=a%0d%0ab&body=c",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "HTTPS://ÄÖ.example/\u202e");
    }

    @Test
    void mutationsOfLinksLeadToTheWebOrNowhere() {
        Mutations.run(soundLinks(), this::link);
    }
}
