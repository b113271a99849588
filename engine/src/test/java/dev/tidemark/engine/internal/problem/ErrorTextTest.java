package dev.tidemark.engine.internal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void whatAServerSaysIsOneLineWithoutControlCharacters() {
        assertThat(ErrorText.text(" No\r\n2026-01-01 ERROR\tforged \u001b[2J\u202egnp\u2066\u0000. "))
                .isEqualTo("No 2026-01-01 ERROR forged [2J gnp .");
        assertThat(ErrorText.of(new IOException(" \n"))).isEqualTo("IOException.");
    }

    @Test
    void whatAServerSaysIsCut() {
        String said = ErrorText.text("a\ud83d\ude00".repeat(1_000_000));
        assertThat(said).hasSizeLessThan(320).endsWith("….");
        assertThat(said.codePoints()).noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }
}
