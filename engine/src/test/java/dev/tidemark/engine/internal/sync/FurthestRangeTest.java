package dev.tidemark.engine.internal.sync;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FurthestRangeTest {
    private static final Comparator<SegmentIndex.Entry> BY_LAST =
            Comparator.comparingLong(entry -> entry.name().last());

    @Test
    void answersAsALookAtAllOfThemWould() {
        Random random = new Random(5);
        for (int count = 0; count < 40; count++) {
            TreeSet<SegmentIndex.Entry> left = new TreeSet<>(SegmentIndex.BY_RANGE);
            while (left.size() < count) {
                long first = 1L + random.nextInt(20);
                String hash = String.format("%032x", random.nextInt(1_000));
                left.add(new SegmentIndex.Entry(
                        new SegmentName(new ReplicaId(1), first, first + random.nextInt(20), CHAIN, hash), 1));
            }
            FurthestRange ranges = new FurthestRange(left);
            do {
                for (long first = 0; first <= 22; first++) {
                    long from = first;
                    SegmentIndex.Entry furthest = left.stream()
                            .filter(entry -> entry.name().first() <= from)
                            .reduce((one, other) -> BY_LAST.compare(one, other) >= 0 ? one : other)
                            .orElse(null);
                    assertThat(ranges.from(first))
                            .as("of %s from %s", left, first)
                            .isEqualTo(furthest);
                }
                SegmentIndex.Entry unusable = left.isEmpty()
                        ? null
                        : left.stream()
                                .skip(random.nextInt(left.size()))
                                .findFirst()
                                .orElseThrow();
                if (unusable != null) {
                    ranges.remove(unusable);
                    left.remove(unusable);
                }
            } while (!left.isEmpty());
        }
    }
}
