package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Records every write that a device of a simulated life acknowledged, with all its numbers and contexts. Checks the
 * rules that hold at every moment (docs/correctness.md#simulation).
 */
final class SimulatedGhostLog {
    /** Derived and new ids lie as near above the id that they come from (decision 28). */
    private static final long NEAR = 1L << 40;

    private record Row(String table, UUID id) {}

    private final Map<Dot, Map<SimulatedWrite, Change>> contents = new TreeMap<>();
    private final Map<SimulatedWrite, Set<Dot>> numbers = new HashMap<>();
    private final Map<Row, Set<SimulatedWrite>> rows = new LinkedHashMap<>();
    private final Set<ReplicaId> forked = new TreeSet<>();
    /** What every device must have in the end: it was acknowledged, and a device or a file that was not lost has it. */
    private final Set<SimulatedWrite> owed = new HashSet<>();

    /** From now on two devices may use this id. */
    void forked(ReplicaId id) {
        forked.add(id);
    }

    /** Notes what the device holds now. */
    void observe(SimulatedMachine machine) {
        SqliteDatabase database = machine.database();
        VersionVector vector = database.changelog().vector();
        VersionVector floor = database.changelog().floor();
        boolean isSame = database.replica().equals(machine.observed) && vector.covers(machine.known);
        if (!isSame) {
            // Under a new id, numbers of the former id may have other contents.
            machine.observed = database.replica();
            machine.known = VersionVector.EMPTY;
            machine.held
                    .keySet()
                    .removeIf(dot -> !floor.covers(dot) || contents.get(dot).size() > 1);
        }
        for (Change change : Replicas.changes(database, machine.known.merge(floor))) {
            SimulatedWrite write = change.kind() == Change.Kind.ERASED ? erased(change) : SimulatedWrite.of(change);
            machine.held.put(change.dot(), write);
            note(change, write);
        }
        vector.heads().forEach((replica, last) -> noteSnapshot(machine, replica, Math.min(last, floor.get(replica))));
        machine.known = vector;
    }

    /** What the change wrote before its values were erased. It may be known by another number only. */
    private SimulatedWrite erased(Change change) {
        SimulatedWrite left = SimulatedWrite.of(change);
        return Stream.concat(
                        contents.getOrDefault(change.dot(), Map.of()).keySet().stream(),
                        rows.getOrDefault(new Row(change.table(), change.row()), Set.of()).stream())
                .filter(write -> !write.isDelete()
                        && write.time() == left.time()
                        && write.wallMillis() == left.wallMillis()
                        && write.isOfRow(left.table(), left.row()))
                .findFirst()
                .orElse(left);
    }

    private void note(Change change, SimulatedWrite write) {
        Change before = contents.computeIfAbsent(change.dot(), dot -> new LinkedHashMap<>())
                .putIfAbsent(write, change);
        if (before == null) {
            if (numbers.computeIfAbsent(write, any -> new TreeSet<>()).isEmpty() && write.isUsers()) {
                owed.add(write);
                rows.computeIfAbsent(new Row(write.table(), write.row()), any -> new LinkedHashSet<>())
                        .add(write);
            }
            numbers.get(write).add(change.dot());
        } else if (!isForked(change.dot().replica())) {
            assertThat(change.context()).as("context of " + change.dot()).isEqualTo(before.context());
        }
    }

    /** What a snapshot covers has the content of its number, unless that has several. */
    private void noteSnapshot(SimulatedMachine machine, ReplicaId replica, long last) {
        for (long number = machine.known.get(replica) + 1; number <= last; number++) {
            Dot dot = new Dot(replica, number);
            Map<SimulatedWrite, Change> known = contents.getOrDefault(dot, Map.of());
            if (known.size() == 1) {
                machine.held.putIfAbsent(dot, known.keySet().iterator().next());
            }
        }
    }

    /** Rules S2 and S3, on the device that has just done something. */
    void check(SimulatedMachine machine, Collection<SimulatedMachine> machines) {
        checkNumbers(machine, machines);
        SimulatedState state = SimulatedState.of(machine.database());
        state.checkListed();
        rows.values()
                .forEach(writes -> writes.stream()
                        .filter(write -> write.isDelete() && holds(machine, write) && state.isGone(write))
                        .forEach(machine.collected::add));
        rows.values()
                .forEach(writes -> writes.stream()
                        .filter(write -> holds(machine, write) && !isAccountedFor(machine, write, writes, state))
                        .forEach(write -> {
                            throw new AssertionError("On " + machine + ", " + numbers.get(write) + " " + write
                                    + " is neither current nor superseded nor listed: " + describe(writes)
                                    + state.describe(write, machine.held));
                        }));
    }

    private String describe(Collection<SimulatedWrite> writes) {
        StringBuilder text = new StringBuilder();
        for (SimulatedWrite write : writes) {
            numbers.get(write)
                    .forEach(dot -> text.append("\n  ").append(contents.get(dot).get(write)));
        }
        return text.toString();
    }

    /** No number has two contents, unless its id has forked. */
    private void checkNumbers(SimulatedMachine machine, Collection<SimulatedMachine> machines) {
        for (SimulatedMachine other : machines) {
            other.held.forEach((dot, write) -> {
                SimulatedWrite here = machine.held.get(dot);
                if (here != null && !here.equals(write) && !isForked(dot.replica())) {
                    throw new AssertionError(dot + " is " + here + " on " + machine + " and " + write + " on " + other);
                }
            });
        }
    }

    private boolean isForked(ReplicaId id) {
        return forked.stream().anyMatch(each -> id.value() >= each.value() && id.value() - each.value() <= NEAR);
    }

    /** The ids under which these devices hold different contents. */
    Set<ReplicaId> idsWithTwoContents(Collection<SimulatedMachine> machines) {
        Map<Dot, SimulatedWrite> first = new HashMap<>();
        Set<ReplicaId> ids = new TreeSet<>();
        for (SimulatedMachine machine : machines) {
            machine.held.forEach((dot, write) -> {
                SimulatedWrite before = first.putIfAbsent(dot, write);
                if (before != null && !before.equals(write)) {
                    ids.add(dot.replica());
                }
            });
        }
        return ids;
    }

    boolean holds(SimulatedMachine machine, SimulatedWrite write) {
        return numbers.get(write).stream().anyMatch(dot -> write.equals(machine.held.get(dot)));
    }

    /** Whether the write may be what the device has under this number: a snapshot covers numbers of forked ids, too. */
    private static boolean mayHold(SimulatedMachine machine, SimulatedWrite write, Dot dot) {
        return machine.known.covers(dot)
                && machine.held.getOrDefault(dot, write).equals(write);
    }

    /** @param ofRow the writes of the same row */
    private boolean isAccountedFor(
            SimulatedMachine machine, SimulatedWrite write, Set<SimulatedWrite> ofRow, SimulatedState state) {
        Predicate<Dot> isWrite = dot -> numbers.get(write).contains(dot) && mayHold(machine, write, dot);
        if (write.isDelete()) {
            return state.isDeleteKept(write, isWrite)
                    || (machine.collected.contains(write) && !isUndoneByItsPast(machine, write, state))
                    || ofRow.stream().anyMatch(other -> hasSeen(machine, other, write));
        }
        for (String column : write.values().keySet()) {
            boolean isSuperseded = ofRow.stream()
                    .filter(other -> other.isDelete() || other.values().containsKey(column))
                    .anyMatch(other -> hasSeen(machine, other, write));
            if (!isSuperseded && !state.isKept(write, column, isWrite)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the row of a collected delete is back because of a write that the delete had seen. */
    private boolean isUndoneByItsPast(SimulatedMachine machine, SimulatedWrite delete, SimulatedState state) {
        return state.winners(delete).stream()
                .map(dot -> machine.held.getOrDefault(dot, delete))
                .anyMatch(winner -> !winner.equals(delete) && hasSeen(machine, delete, winner));
    }

    /**
     * Whether this write, by a number that it has here, names a number of the other one in its context. Under a forked
     * id that number may have meant another content (docs/correctness.md#r6, known gap).
     */
    private boolean hasSeen(SimulatedMachine machine, SimulatedWrite write, SimulatedWrite other) {
        return !write.equals(other)
                && numbers.get(write).stream()
                        .filter(dot -> mayHold(machine, write, dot))
                        .map(dot -> contents.get(dot).get(write))
                        .anyMatch(change -> numbers.get(other).stream().anyMatch(change::hasSeen));
    }

    /**
     * Drops the writes that are lost with a device or its latest changes: no device holds them, and no device can apply
     * them from a file, because an earlier file is lost.
     */
    void lostSome(Collection<SimulatedMachine> machines, Collection<SimulatedFolder> folders) {
        VersionVector reachable = VersionVector.EMPTY;
        for (SimulatedMachine machine : machines) {
            reachable = reachable.merge(machine.known);
        }
        VersionVector before;
        do {
            before = reachable;
            for (Map.Entry<Dot, Map<SimulatedWrite, Change>> content : contents.entrySet()) {
                Dot dot = content.getKey();
                if (dot.sequence() == reachable.get(dot.replica()) + 1
                        && isReadable(content.getValue(), reachable, folders)) {
                    reachable = reachable.with(dot.replica(), dot.sequence());
                }
            }
        } while (!before.equals(reachable));
        VersionVector last = reachable;
        owed.removeIf(write -> machines.stream().noneMatch(machine -> holds(machine, write))
                && (numbers.get(write).stream().noneMatch(last::covers)
                        || folders.stream().noneMatch(folder -> folder.holds(write))));
    }

    private static boolean isReadable(
            Map<SimulatedWrite, Change> contents, VersionVector applied, Collection<SimulatedFolder> folders) {
        return contents.entrySet().stream()
                .anyMatch(content -> applied.covers(content.getValue().context().vector())
                        && folders.stream().anyMatch(folder -> folder.holds(content.getKey())));
    }

    /** The last copy of a write must not go with a file. */
    void checkRemoved(Collection<SimulatedMachine> machines, Collection<SimulatedFolder> folders) {
        for (SimulatedFolder folder : folders) {
            for (SimulatedWrite write : folder.takeRemoved()) {
                assertThat(!owed.contains(write) || isSomewhere(write, machines, folders))
                        .as("the last file with " + numbers.get(write) + " " + write + " was removed")
                        .isTrue();
            }
        }
    }

    private boolean isSomewhere(
            SimulatedWrite write, Collection<SimulatedMachine> machines, Collection<SimulatedFolder> folders) {
        return machines.stream().anyMatch(machine -> holds(machine, write))
                || folders.stream().anyMatch(folder -> folder.holds(write));
    }

    /** In the end every device has every write that was not lost with its only copies. */
    void checkComplete(SimulatedMachine machine) {
        VersionVector vector = machine.database().changelog().vector();
        List<String> lost = owed.stream()
                .filter(write -> numbers.get(write).stream()
                        .noneMatch(dot -> vector.covers(dot)
                                && machine.held.getOrDefault(dot, write).equals(write)))
                .map(write -> numbers.get(write) + " " + write)
                .toList();
        assertThat(lost).as("writes that " + machine + " lacks").isEmpty();
    }

    /**
     * Whether there is no number within the vector that has several contents and that all devices got by a snapshot.
     */
    boolean areContentsKnown(VersionVector vector, Collection<SimulatedMachine> machines) {
        return contents.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1 && vector.covers(entry.getKey()))
                .allMatch(entry -> machines.stream().anyMatch(machine -> machine.held.containsKey(entry.getKey())));
    }

    /** The content of each number within the vector; of several, one that a device still has. */
    List<Change> changes(VersionVector vector, Collection<SimulatedMachine> machines) {
        return contents.entrySet().stream()
                .filter(entry -> vector.covers(entry.getKey()))
                .map(entry -> entry.getValue().entrySet().stream()
                        .filter(one -> machines.stream()
                                .anyMatch(machine -> one.getKey().equals(machine.held.get(entry.getKey()))))
                        .findFirst()
                        .orElseGet(() -> entry.getValue().entrySet().iterator().next())
                        .getValue())
                .toList();
    }
}
