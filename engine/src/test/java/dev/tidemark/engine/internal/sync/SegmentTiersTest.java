package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The choice of segments to compact leaves few files and rewrites few bytes (docs/correctness.md#r17). */
class SegmentTiersTest {
    private static final int FILES = 20_000;

    @Test
    void leavesThirtyTwoFilesAlone() {
        assertThat(SegmentTiers.plan(Collections.nCopies(32, 500L))).isEmpty();
        assertThat(SegmentTiers.plan(Collections.nCopies(33, 500L))).containsExactly(new SegmentTiers.Group(0, 33));
    }

    @Test
    void thereAreNeverMoreThan32FilesButOfFullSizeAndEachByteIsWrittenAgainOnlyAsOftenAsItsFileDoubles() {
        for (long seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            List<Long> sizes = new ArrayList<>();
            long put = 0;
            long again = 0;
            for (int file = 0; file < FILES; file++) {
                long size = 400 + (seed % 2 == 0 ? random.nextInt(200) : (long) Math.exp(random.nextDouble() * 14));
                put += size;
                sizes.add(size);
                List<SegmentTiers.Group> groups = SegmentTiers.plan(sizes);
                for (SegmentTiers.Group group : groups.reversed()) {
                    List<Long> run = sizes.subList(group.from(), group.to());
                    long sum = run.stream().mapToLong(each -> each).sum();
                    again += sum;
                    run.clear();
                    sizes.add(group.from(), sum);
                }
                int full = Math.toIntExact(put / (SegmentTiers.LARGEST_TARGET / 2));
                assertThat(sizes)
                        .as("seed " + seed + " file " + file)
                        .hasSizeLessThanOrEqualTo(Math.max(32, full + 16))
                        .allMatch(each -> each <= 2 * SegmentTiers.LARGEST_TARGET);
            }
            double times = (double) again / put;
            System.out.printf("seed %d: %,d bytes in %,d files; written again %.1f times%n", seed, put, FILES, times);
            assertThat(times).as("seed " + seed).isLessThan(Math.log((double) put / 400) / Math.log(2) / 2);
        }
    }
}
