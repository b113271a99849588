package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.internal.store.SimulatedMachine.Written;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Checks the machines of a simulated life after all have synced until no sync brought anything new. */
final class SimulatedConvergence {
    private final List<SimulatedMachine> machines;
    private final SqliteDatabase first;

    /** @param newcomer who has read every file that there ever was, and no snapshot */
    SimulatedConvergence(SimulatedMachine newcomer, List<SimulatedMachine> machines) {
        this.machines = machines;
        this.first = newcomer.database();
    }

    void check() {
        List<Change> all = Replicas.changes(first);
        new Oracle(all, UpgradeHistoryTest.NEWEST).check(first);
        Map<Dot, Change> published = new HashMap<>();
        Set<Written> kept = new HashSet<>();
        for (Change change : all) {
            published.put(change.dot(), change);
            kept.add(Written.of(change));
        }
        for (SimulatedMachine machine : machines) {
            checkEqual(machine.database());
            for (Change change : Replicas.changes(
                    machine.database(), machine.database().changelog().floor())) {
                assertThat(isSame(change, published.get(change.dot())))
                        .as("%s of %s and %s", change, machine.name, published.get(change.dot()))
                        .isTrue();
            }
            Set<Written> lost = new HashSet<>(machine.confirmed);
            lost.removeAll(kept);
            assertThat(lost)
                    .as("what " + machine.name + " had confirmed and is lost")
                    .isEmpty();
        }
    }

    private void checkEqual(SqliteDatabase database) {
        assertThat(database.changelog().vector()).isEqualTo(first.changelog().vector());
        assertThat(database.dump()).isEqualTo(first.dump());
        assertThat(database.conflicts()).isEqualTo(first.conflicts());
        assertThat(database.hiddenRows()).isEqualTo(first.hiddenRows());
    }

    Set<String> seen() {
        Set<String> seen = new TreeSet<>();
        if (!first.conflicts().isEmpty()) {
            seen.add("conflicts at the end");
        }
        if (!first.hiddenRows().isEmpty()) {
            seen.add("hidden rows at the end");
        }
        return seen;
    }

    private static boolean isSame(Change one, Change other) {
        return other != null
                && Written.of(one).equals(Written.of(other))
                && one.context().equals(other.context())
                && one.values().keySet().equals(other.values().keySet())
                && one.values().entrySet().stream()
                        .allMatch(value -> Objects.deepEquals(
                                value.getValue(), other.values().get(value.getKey())));
    }
}
