package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query.Result.Difference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PatchedListTest {
    /** A row: the number is its key. */
    private record Row(int key, String text) {}

    private static PatchedList<Row> list() {
        return new PatchedList<>((one, other) -> one.key() == other.key());
    }

    /** The difference as the engine defines it, made the simple way: all that stays in order stays. */
    private static Difference<Row> difference(List<Row> before, List<Row> after) {
        List<Integer> removed = new ArrayList<>();
        List<Integer> added = new ArrayList<>();
        List<Difference.Move> moved = new ArrayList<>();
        List<Integer> changed = new ArrayList<>();
        for (int index = 0; index < before.size(); index++) {
            if (find(after, before.get(index).key()) < 0) {
                removed.add(index);
            }
        }
        int highest = -1;
        for (int index = 0; index < after.size(); index++) {
            int from = find(before, after.get(index).key());
            if (from < 0) {
                added.add(index);
                continue;
            }
            if (from < highest) {
                moved.add(new Difference.Move(from, index));
            }
            highest = Math.max(highest, from);
            if (!before.get(from).equals(after.get(index))) {
                changed.add(index);
            }
        }
        return new Difference<>(removed, added, moved, changed, after);
    }

    private static int find(List<Row> rows, int key) {
        for (int index = 0; index < rows.size(); index++) {
            if (rows.get(index).key() == key) {
                return index;
            }
        }
        return -1;
    }

    @RepeatedTest(300)
    void followsAnyDifferenceAndTellsItsListenersTheTruth(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        PatchedList<Row> list = list();
        List<Row> mirror = new ArrayList<>();
        list.addListener((ListChangeListener<Row>) change -> {
            while (change.next()) {
                assertThat(change.wasPermutated()).isFalse();
                mirror.subList(change.getFrom(), change.getFrom() + change.getRemovedSize())
                        .clear();
                mirror.addAll(change.getFrom(), change.getAddedSubList());
            }
        });
        List<Row> current = List.of();
        Set<Integer> held = new TreeSet<>();
        for (int step = 0; step < 30; step++) {
            List<Row> next = mutate(current, random);
            Set<Integer> hold = random.nextInt(3) == 0 ? keysOf(current, random) : Set.of();
            list.patch(difference(current, next), row -> hold.contains(row.key()), row -> new Row(row.key(), "held"));
            for (Row row : current) {
                if (find(next, row.key()) < 0 && hold.contains(row.key())) {
                    held.add(row.key());
                }
            }
            next.forEach(row -> held.remove(row.key()));
            current = next;
            assertThat(withoutHeld(list)).as("seed %d, step %d", seed, step).isEqualTo(next);
            assertThat(heldKeys(list)).as("seed %d, step %d", seed, step).isEqualTo(held);
            assertThat(mirror).as("seed %d, step %d", seed, step).isEqualTo(list);
            if (random.nextInt(4) == 0) {
                list.release(row -> true);
                held.clear();
                assertThat(list).as("seed %d, step %d", seed, step).isEqualTo(next);
            }
        }
    }

    @Test
    void aHeldRowStaysWhereItWas() {
        PatchedList<Row> list = list();
        List<Row> before = List.of(new Row(1, "a"), new Row(2, "b"), new Row(3, "c"));
        List<Row> after = List.of(new Row(1, "a"), new Row(3, "c"));
        list.show(before);
        list.patch(difference(before, after), row -> true, row -> new Row(row.key(), "done"));
        assertThat(list).containsExactly(new Row(1, "a"), new Row(2, "done"), new Row(3, "c"));
        list.release(row -> row.key() == 2);
        assertThat(list).isEqualTo(after);
    }

    private static List<Row> withoutHeld(PatchedList<Row> list) {
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            if (!list.isRetained(index)) {
                rows.add(list.get(index));
            }
        }
        return rows;
    }

    private static Set<Integer> heldKeys(PatchedList<Row> list) {
        Set<Integer> keys = new TreeSet<>();
        for (int index = 0; index < list.size(); index++) {
            if (list.isRetained(index)) {
                keys.add(list.get(index).key());
            }
        }
        return keys;
    }

    private static Set<Integer> keysOf(List<Row> rows, Random random) {
        Set<Integer> keys = new TreeSet<>();
        rows.stream().filter(row -> random.nextBoolean()).forEach(row -> keys.add(row.key()));
        return keys;
    }

    private static List<Row> mutate(List<Row> rows, Random random) {
        List<Row> next = new ArrayList<>(rows);
        next.removeIf(row -> random.nextInt(4) == 0);
        next.replaceAll(row -> random.nextInt(5) == 0 ? new Row(row.key(), "text" + random.nextInt(100)) : row);
        if (random.nextInt(3) == 0) {
            Collections.shuffle(next, random);
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            int key = random.nextInt(20);
            if (find(next, key) < 0) {
                next.add(random.nextInt(next.size() + 1), new Row(key, "new"));
            }
        }
        return next;
    }
}
