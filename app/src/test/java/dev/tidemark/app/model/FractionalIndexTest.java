package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FractionalIndexTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void whatIsNewerComesFirst() {
        assertThat(FractionalIndex.ofTime(NOW.plusMillis(1))).isLessThan(FractionalIndex.ofTime(NOW));
        assertThat(FractionalIndex.ofTime(Instant.MIN)).isEqualTo(FractionalIndex.ofTime(Instant.EPOCH));
        assertThat(FractionalIndex.ofTime(Instant.MAX)).isEqualTo("000000000000");
    }

    @Test
    void thereIsRoomBetweenAnyTwoDifferentKeys() {
        String low = FractionalIndex.ofTime(NOW.plusMillis(1));
        String high = FractionalIndex.ofTime(NOW);
        String between = FractionalIndex.between(low, high);
        assertThat(between).isGreaterThan(low).isLessThan(high).hasSizeLessThan(15);
        assertThat(FractionalIndex.between("a", "c")).isEqualTo("b");
        assertThat(FractionalIndex.between(null, "1")).isGreaterThan("0").isLessThan("1");
        assertThat(FractionalIndex.between("zzz", null)).isGreaterThan("zzz");
    }

    @Test
    void thereIsNoneBetweenEqualOnesNorInTheWrongOrder() {
        assertThat(FractionalIndex.between("abc", "abc")).isNull();
        assertThat(FractionalIndex.between("b", "a")).isNull();
        assertThat(FractionalIndex.between("a", "a0")).isNull();
        assertThat(FractionalIndex.spread("a", "a", 3)).isNull();
    }

    @Test
    void keysThatNoVersionOfThisProgramMadeDoNoHarm() {
        for (String strange : List.of("", "Ä", "A", "~~~", "a b", "\u0000")) {
            String after = FractionalIndex.after(strange);
            assertThat(after == null || after.compareTo(strange) > 0).isTrue();
            String before = FractionalIndex.before(strange, NOW);
            assertThat(before == null || before.compareTo(strange) < 0).isTrue();
        }
    }

    @Test
    void keysAtTheEndsDoNotGrow() {
        String first = FractionalIndex.ofTime(NOW);
        String last = FractionalIndex.ofTime(Instant.EPOCH);
        for (int index = 0; index < 10_000; index++) {
            String before = FractionalIndex.before(first, NOW);
            assertThat(before).isLessThan(first).hasSizeLessThanOrEqualTo(12);
            first = before;
            String after = FractionalIndex.after(last);
            assertThat(after).isGreaterThan(last).hasSizeLessThanOrEqualTo(12);
            last = after;
        }
    }

    @Test
    void aSpreadLeavesRoomBetweenAnyTwo() {
        List<String> keys = new ArrayList<>(FractionalIndex.spread("fe6a1c3d2b1a", "fe6a1c3d2b1b", 50));
        keys.addFirst("fe6a1c3d2b1a");
        keys.add("fe6a1c3d2b1b");
        for (int index = 1; index < keys.size(); index++) {
            assertThat(FractionalIndex.between(keys.get(index - 1), keys.get(index)))
                    .isNotNull();
        }
        assertThat(keys).allSatisfy(key -> assertThat(key).hasSizeLessThanOrEqualTo(16));
    }

    @Test
    void anyOrderCanBeMadeByPuttingOneBetweenTwoOthers() {
        long seed = Long.getLong("tidemark.seed", 38);
        Random random = new Random(seed);
        List<String> keys = new ArrayList<>(List.of(FractionalIndex.ofTime(NOW)));
        for (int index = 0; index < 3_000; index++) {
            int place = random.nextInt(keys.size() + 1);
            String low = place == 0 ? null : keys.get(place - 1);
            String high = place == keys.size() ? null : keys.get(place);
            keys.add(place, String.valueOf(FractionalIndex.between(low, high)));
        }
        assertThat(keys).as("seed %s", seed).isSorted().doesNotHaveDuplicates();
    }
}
