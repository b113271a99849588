package dev.tidemark.app.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.checkpoints.Attribution.Count;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static Count count(long changes) {
        return new Count("Laptop", changes, Instant.ofEpochMilli(1), Instant.ofEpochMilli(2));
    }

    @Test
    void percentsAddUpTo100ForAnyCounts() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            Map<String, Count> counts = new TreeMap<>();
            for (int each = 0; each <= random.nextInt(9); each++) {
                counts.put("id" + each, count(random.nextInt(1_000)));
            }
            assertThat(Attribution.shares(counts).stream()
                            .mapToInt(Attribution.Share::percent)
                            .sum())
                    .isEqualTo(100);
        }
        assertThat(Attribution.shares(Map.of("a", count(0), "b", count(0))))
                .extracting(Attribution.Share::percent)
                .containsExactly(50, 50);
        assertThat(Attribution.shares(Map.of())).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAndAnythingElseIsNotBelieved() {
        Attribution attribution = new Attribution(Map.of("0123", count(3)), Map.of("", count(3)));
        assertThat(Attribution.parse(attribution.json())).isEqualTo(attribution);
        for (String other : new String[] {
            "",
            "[]",
            "{",
            "{\"devices\":{}}",
            "{\"devices\":{\"a\":1},\"lists\":{}}",
            "{\"devices\":{\"a\":{\"name\":\"x\",\"changes\":-1,\"first\":0,\"last\":0}},\"lists\":{}}"
        }) {
            assertThat(Attribution.parse(other)).as(other).isNull();
        }
    }
}
