package dev.tidemark.engine.internal.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecoveryCodeFormatTest {
    @Test
    void isReadHoweverItIsTyped() {
        for (int round = 0; round < 50; round++) {
            String code = new String(RecoveryCodeFormat.random());
            assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
            for (String typed : new String[] {
                code,
                code.toLowerCase(Locale.ROOT),
                " " + code.replace("-", "") + "\n",
                code.replace('-', ' ').replace('1', 'l').replace('0', 'O')
            }) {
                assertThat(RecoveryCodeFormat.normalize(typed.toCharArray())).isEqualTo(code.toCharArray());
            }
        }
    }

    @Test
    void mistypedCodesAreToldInNearlyAllCases() {
        int taken = 0;
        for (int round = 0; round < 2000; round++) {
            char[] code = RecoveryCodeFormat.random();
            code[round % 4] = code[round % 4] == 'A' ? 'B' : 'A';
            taken += RecoveryCodeFormat.normalize(code) == null ? 0 : 1;
        }
        // One in 1,024 by chance.
        assertThat(taken).isLessThan(20);
    }

    @Test
    void aPassphraseIsNone() {
        for (String typed : new String[] {"", "correct horse battery staple", "AAAA", "A".repeat(28), "A".repeat(29)}) {
            assertThat(RecoveryCodeFormat.normalize(typed.toCharArray())).isNull();
        }
    }
}
