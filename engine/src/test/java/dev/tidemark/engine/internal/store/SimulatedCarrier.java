package dev.tidemark.engine.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Copies files between the folders of devices, as sync clients and USB sticks do. Each file has its own delay, from
 * none to days, so that files arrive in any order. In some simulations the carrier also copies deletions.
 */
final class SimulatedCarrier {
    private static final List<Duration> DELAYS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(20),
            Duration.ofHours(3),
            Duration.ofDays(1),
            Duration.ofDays(4));

    private record Way(SimulatedFolder from, SimulatedFolder to) {}

    private final Random random;
    private final boolean carriesDeletes;
    private final Map<Way, Map<String, Instant>> due = new HashMap<>();
    /** The files that both folders of a pair have had. */
    private final Map<Set<SimulatedFolder>, Set<String>> carried = new HashMap<>();

    SimulatedCarrier(Random random, boolean carriesDeletes) {
        this.random = random;
        this.carriesDeletes = carriesDeletes;
    }

    boolean carriesDeletes() {
        return carriesDeletes;
    }

    /** Carries each file whose delay has passed, both ways. */
    void carry(SimulatedFolder one, SimulatedFolder other, Instant now) {
        if (carriesDeletes) {
            delete(one, other);
            delete(other, one);
        }
        copy(one, other, now);
        copy(other, one, now);
    }

    /** Carries all files. */
    void carryAll(SimulatedFolder one, SimulatedFolder other) {
        carry(one, other, Instant.MAX);
    }

    private Set<String> carried(SimulatedFolder one, SimulatedFolder other) {
        return carried.computeIfAbsent(Set.of(one, other), any -> new HashSet<>());
    }

    private void delete(SimulatedFolder from, SimulatedFolder to) {
        for (String name : List.copyOf(to.names())) {
            if (!from.has(name) && carried(from, to).remove(name)) {
                to.delete(name);
            }
        }
    }

    private void copy(SimulatedFolder from, SimulatedFolder to, Instant now) {
        Map<String, Instant> times = due.computeIfAbsent(new Way(from, to), any -> new HashMap<>());
        for (String name : from.names()) {
            if (!to.has(name)
                    && !times.computeIfAbsent(name, any -> dueAfter(now)).isAfter(now)) {
                to.put(name, from.get(name));
                times.remove(name);
            }
            if (to.has(name)) {
                carried(from, to).add(name);
            }
        }
    }

    private Instant dueAfter(Instant now) {
        return now.equals(Instant.MAX) ? now : now.plus(DELAYS.get(random.nextInt(DELAYS.size())));
    }

    /** The folder was put back: what it lacks since then was not deleted. */
    void forget(SimulatedFolder folder) {
        due.keySet().removeIf(way -> way.from() == folder || way.to() == folder);
        carried.keySet().removeIf(pair -> pair.contains(folder));
    }
}
