package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query.Result.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class DifferTest {
    private record Item(Integer key, int value) {}

    @Test
    void equalListsDifferInNothing() {
        assertThat(between(items(1, 2, 3), items(1, 2, 3)).isEmpty()).isTrue();
        assertThat(between(List.of(), List.of()).isEmpty()).isTrue();
    }

    @Test
    void firstResultIsAllAdded() {
        Difference<Item> difference = between(List.of(), items(1, 2, 3));
        assertThat(difference.added()).containsExactly(0, 1, 2);
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.moved()).isEmpty();
        assertThat(difference.changed()).isEmpty();
    }

    @Test
    void oneRowThatJumpsIsOneMove() {
        assertThat(between(items(1, 2, 3, 4, 5), items(2, 3, 4, 5, 1)).moved())
                .containsExactly(new Difference.Move(0, 4));
        assertThat(between(items(1, 2, 3, 4, 5), items(5, 1, 2, 3, 4)).moved())
                .containsExactly(new Difference.Move(4, 0));
        assertThat(between(items(1, 2), items(2, 1)).moved()).hasSize(1);
    }

    @Test
    void changedRowKeepsItsPlace() {
        Difference<Item> difference = between(items(1, 2), List.of(new Item(1, 0), new Item(2, 9)));
        assertThat(difference.changed()).containsExactly(1);
        assertThat(difference.moved()).isEmpty();
        assertThat(difference.added()).isEmpty();
    }

    @Test
    void movedRowMayAlsoHaveChanged() {
        Difference<Item> difference = between(items(1, 2, 3), List.of(new Item(2, 0), new Item(3, 0), new Item(1, 9)));
        assertThat(difference.moved()).containsExactly(new Difference.Move(0, 2));
        assertThat(difference.changed()).containsExactly(2);
    }

    @Test
    void rowsWithTheSameKeyAreMatchedOneByOne() {
        List<Item> old = List.of(new Item(1, 0), new Item(1, 1), new Item(2, 0), new Item(null, 5));
        List<Item> now = List.of(new Item(1, 0), new Item(2, 0), new Item(1, 1), new Item(1, 2), new Item(null, 5));
        Difference<Item> difference = between(old, now);
        assertThat(difference.applyTo(old)).isEqualTo(now);
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.added()).hasSize(1);
    }

    @Test
    void differenceAppliedToTheOldListGivesTheNewOne() {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        System.out.println("DifferTest.differenceAppliedToTheOldListGivesTheNewOne seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            List<Item> old = randomItems(random);
            List<Item> now = edited(old, random);
            Difference<Item> difference = between(old, now);
            assertThat(difference.applyTo(old))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(now);
            assertThat(patched(old, difference))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(now);
            assertThat(difference.isEmpty())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(old.equals(now));
        }
    }

    @Test
    void movesAreAsFewAsPossible() {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        System.out.println("DifferTest.movesAreAsFewAsPossible seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            List<Item> old = items(IntStream.range(0, random.nextInt(9)).toArray());
            List<Item> now = new ArrayList<>(old);
            Collections.shuffle(now, random);
            assertThat(between(old, now).moved())
                    .as("seed %d, round %d", seed, round)
                    .hasSize(now.size() - longestRise(now));
        }
    }

    @Test
    void hundredThousandRowsTakeNoTimeToSpeakOf() {
        List<Item> old = items(IntStream.range(0, 100_000).toArray());
        List<Item> reversed = old.reversed();
        List<Item> shuffled = new ArrayList<>(old);
        Collections.shuffle(shuffled, new Random(1));
        for (List<Item> now : List.of(reversed, shuffled)) {
            // Quadratic work would take minutes.
            Assertions.assertTimeout(
                    Duration.ofSeconds(10),
                    () -> assertThat(between(old, now).applyTo(old).equals(now)).isTrue());
        }
    }

    /** Follows the steps of {@link Difference}'s description literally, as a list view would. */
    private static List<Item> patched(List<Item> old, Difference<Item> difference) {
        List<Item> list = new ArrayList<>(old);
        Set<Integer> out = new HashSet<>(difference.removed());
        difference.moved().forEach(move -> out.add(move.from()));
        out.stream().sorted(Comparator.reverseOrder()).forEach(index -> list.remove((int) index));
        Set<Integer> in = new HashSet<>(difference.added());
        difference.moved().forEach(move -> in.add(move.to()));
        in.stream().sorted().forEach(index -> list.add(index, difference.rows().get(index)));
        difference.changed().forEach(index -> list.set(index, difference.rows().get(index)));
        return list;
    }

    private static int longestRise(List<Item> items) {
        int[] lengths = new int[items.size()];
        for (int index = 0; index < lengths.length; index++) {
            lengths[index] = 1;
            for (int before = 0; before < index; before++) {
                if (items.get(before).key() < items.get(index).key()) {
                    lengths[index] = Math.max(lengths[index], lengths[before] + 1);
                }
            }
        }
        return Arrays.stream(lengths).max().orElse(0);
    }

    private static List<Item> randomItems(Random random) {
        boolean unique = random.nextBoolean();
        List<Item> items = new ArrayList<>();
        for (int index = random.nextInt(12); index > 0; index--) {
            Integer key = unique ? (Integer) index : random.nextInt(8) == 0 ? null : (Integer) random.nextInt(5);
            items.add(new Item(key, random.nextInt(3)));
        }
        Collections.shuffle(items, random);
        return items;
    }

    private static List<Item> edited(List<Item> old, Random random) {
        List<Item> now = new ArrayList<>(old);
        for (int edit = random.nextInt(5); edit > 0; edit--) {
            int place = now.isEmpty() ? 0 : random.nextInt(now.size());
            switch (random.nextInt(6)) {
                case 0 -> now.add(random.nextInt(now.size() + 1), new Item(random.nextInt(20), random.nextInt(3)));
                case 1 -> now.sort(Comparator.comparingInt(Item::value));
                case 2 -> Collections.shuffle(now, random);
                case 3 -> now.addAll(randomItems(random));
                default -> {
                    if (!now.isEmpty()) {
                        Item item = now.remove(place);
                        int target = random.nextInt(now.size() + 1);
                        switch (random.nextInt(3)) {
                            case 0 -> now.add(target, item);
                            case 1 -> now.add(place, new Item(item.key(), random.nextInt(3)));
                            default -> {}
                        }
                    }
                }
            }
        }
        return now;
    }

    private static Difference<Item> between(List<Item> old, List<Item> now) {
        return Differ.between(old, keys(old), now, keys(now));
    }

    private static List<Integer> keys(List<Item> items) {
        return items.stream().map(Item::key).toList();
    }

    private static List<Item> items(int... keys) {
        return Arrays.stream(keys).mapToObj(key -> new Item(key, 0)).toList();
    }
}
