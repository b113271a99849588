package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks the machines of a simulated life after all of them synced until no sync applied anything new. */
final class SimulatedConvergence {
    private final SimulatedGhostLog ghosts;
    private final List<SimulatedMachine> machines;
    private final SqliteDatabase first;

    SimulatedConvergence(SimulatedGhostLog ghosts, List<SimulatedMachine> machines) {
        this.ghosts = ghosts;
        this.machines = machines;
        this.first = machines.getFirst().database();
    }

    /** Returns what it has seen. */
    Set<String> check() {
        Set<String> seen = new TreeSet<>();
        machines.forEach(ghosts::observe);
        machines.forEach(machine -> ghosts.check(machine, machines));
        machines.forEach(ghosts::checkComplete);
        machines.forEach(machine -> checkEqual(machine.database()));
        Set<ReplicaId> ambiguous = ghosts.idsWithTwoContents(machines);
        if (ambiguous.isEmpty()) {
            checkConflictsEqual();
            VersionVector vector = first.changelog().vector();
            if (ghosts.areContentsKnown(vector, machines)) {
                new Oracle(ghosts.changes(vector, machines), UpgradeHistoryTest.NEWEST).checkShown(first);
            } else {
                seen.add("unknown contents in the end");
            }
        } else {
            seen.add("forked id in the end");
            assertThat(retired(first)).as("ids with two contents are retired").containsAll(ambiguous);
        }
        if (!first.conflicts().isEmpty()) {
            seen.add("conflicts at the end");
        }
        if (!first.hiddenRows().isEmpty()) {
            seen.add("hidden rows at the end");
        }
        return seen;
    }

    /** The ids that this device knows as retired. */
    static Set<ReplicaId> retired(SqliteDatabase database) {
        return Set.copyOf(database.query(statements ->
                statements.list("SELECT replica FROM tm_remote_retired", row -> new ReplicaId(row.getLong(1)))));
    }

    private void checkEqual(SqliteDatabase database) {
        assertThat(database.changelog().vector()).isEqualTo(first.changelog().vector());
        assertThat(database.hiddenRows()).isEqualTo(first.hiddenRows());
        assertThat(shown(database)).isEqualTo(shown(first));
        assertThat(conflicts(database)).isEqualTo(conflicts(first));
    }

    private static List<String> shown(SqliteDatabase database) {
        return database.dump()
                .lines()
                .takeWhile(line -> !line.equals("conflicts"))
                .toList();
    }

    private void checkConflictsEqual() {
        for (SimulatedMachine machine : machines) {
            assertThat(machine.database().conflicts()).isEqualTo(first.conflicts());
        }
    }

    /** Without the numbers: under those of a forked id devices may hold different contents. */
    private static Set<String> conflicts(SqliteDatabase database) {
        return database.conflicts().stream()
                .map(conflict -> conflict.table() + " " + conflict.row() + " " + conflict.column())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
