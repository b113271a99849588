package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InternerTest {
    private int created;

    private final Interner<String, StringBuilder> recurring = new Interner<>(text -> {
        created++;
        return text.isEmpty() ? null : new StringBuilder(text);
    });

    @Test
    void equalKeysShareOneValue() {
        StringBuilder first = recurring.of(new String("again"));
        assertThat(recurring.of(new String("again"))).isSameAs(first).hasToString("again");
        assertThat(created).isEqualTo(1);
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(recurring.of(null)).isNull();
        assertThat(recurring.of("")).isNull();
    }

    /** More than it can know at once, so that some take the place of others. */
    @Test
    void eachOfVeryManyGetsItsOwn() {
        for (int round = 0; round < 2; round++) {
            assertThat(IntStream.range(0, 10_000).mapToObj(Integer::toString))
                    .allSatisfy(text -> assertThat(recurring.of(text)).hasToString(text));
        }
    }
}
