package dev.tidemark.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecoveryCodeTest {
    @Test
    void isReadHoweverItIsTyped() {
        for (int round = 0; round < 50; round++) {
            String code = new String(RecoveryCode.random().toCharArray());
            assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
            for (String typed : new String[] {
                code,
                code.toLowerCase(Locale.ROOT),
                " " + code.replace("-", "") + "\n",
                code.replace('-', ' ').replace('1', 'l').replace('0', 'O')
            }) {
                assertThat(RecoveryCode.isRecoveryCode(typed.toCharArray())).isTrue();
                assertThat(RecoveryCode.parse(typed.toCharArray()).toCharArray())
                        .isEqualTo(code.toCharArray());
            }
        }
    }

    @Test
    void mistypedCodesAreToldInNearlyAllCases() {
        int taken = 0;
        for (int round = 0; round < 2000; round++) {
            char[] code = RecoveryCode.random().toCharArray();
            code[round % 4] = code[round % 4] == 'A' ? 'B' : 'A';
            taken += RecoveryCode.isRecoveryCode(code) ? 1 : 0;
        }
        // One in 1,024 by chance.
        assertThat(taken).isLessThan(20);
    }

    @Test
    void aPassphraseIsNone() {
        for (String typed : new String[] {"", "correct horse battery staple", "AAAA", "A".repeat(28), "A".repeat(29)}) {
            assertThat(RecoveryCode.isRecoveryCode(typed.toCharArray())).isFalse();
            assertThatThrownBy(() -> RecoveryCode.parse(typed.toCharArray()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
