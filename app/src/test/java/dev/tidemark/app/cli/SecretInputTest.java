package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.encryption.RecoveryCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretInputTest {
    /** What a person types, one after the other. */
    private static SecretInput typing(String... typed) {
        Deque<String> left = new ArrayDeque<>(List.of(typed));
        return new SecretInput(what -> left.removeFirst().toCharArray(), true);
    }

    @Test
    void aPassphraseThatIsTypedUnseenIsTypedTwice() {
        assertThat(typing("seven wet stones", "seven wet stones").readTwice("Passphrase"))
                .isEqualTo("seven wet stones".toCharArray());
        SecretInput slip = typing("seven wet stones", "seven wet stnoes");
        assertThatThrownBy(() -> slip.readTwice("Passphrase"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("passphrases differ");
    }

    @Test
    void aRecoveryCodeIsTypedOnceAsASlipShowsInIt() {
        String code = new String(RecoveryCode.random().toCharArray());
        assertThat(typing(code).readTwice("Passphrase")).isEqualTo(code.toCharArray());
    }

    @Test
    void whatIsGivenOnStandardInputIsGivenOnce() {
        Deque<String> lines = new ArrayDeque<>(List.of("seven wet stones"));
        SecretInput input = new SecretInput(what -> lines.removeFirst().toCharArray(), false);
        assertThat(input.readTwice("Passphrase")).isEqualTo("seven wet stones".toCharArray());
    }
}
