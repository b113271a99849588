package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.sync.UnreliableStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The storages of a simulated life: either one storage with faults that all devices share, or a folder for each device
 * and a carrier between them. A library may move to another storage; its devices follow one by one.
 */
final class SimulatedStorages {
    private record Shared(SimulatedFolder folder, UnreliableStorage storage) {}

    private final Random random;
    private final SimulatedCarrier carrier;
    private final boolean isCarried;
    private final List<Shared> shared = new ArrayList<>();
    private boolean isGood;

    SimulatedStorages(Random random, boolean isCarried) {
        this.random = random;
        this.isCarried = isCarried;
        this.carrier = new SimulatedCarrier(random, random.nextBoolean());
    }

    boolean isCarried() {
        return isCarried;
    }

    /** Whether a file that one device removes goes everywhere. */
    boolean carriesDeletes() {
        return !isCarried || carrier.carriesDeletes();
    }

    RemoteStorage of(SimulatedMachine machine) {
        return isCarried ? machine.folder() : shared(machine.generation()).storage();
    }

    private Shared shared(int generation) {
        while (shared.size() <= generation) {
            SimulatedFolder folder = new SimulatedFolder("storage " + shared.size());
            UnreliableStorage storage = new UnreliableStorage(folder, random);
            if (isGood) {
                storage.heal();
            }
            shared.add(new Shared(folder, storage));
        }
        return shared.get(generation);
    }

    /** From now on no request fails. */
    void heal() {
        isGood = true;
        shared.forEach(each -> each.storage().heal());
    }

    /** From now on every request may fail. */
    void worsen() {
        isGood = false;
        shared.forEach(each -> each.storage().worsen());
    }

    /** The carrier comes to this device and another one. */
    void carry(SimulatedMachine machine, List<SimulatedMachine> machines, Instant now) {
        SimulatedMachine other = machines.get(random.nextInt(machines.size()));
        if (isCarried && other != machine && other.generation() == machine.generation()) {
            carrier.carry(machine.folder(), other.folder(), now);
        }
    }

    /** The carrier copies all files between all devices. */
    void carryAll(List<SimulatedMachine> machines) {
        if (isCarried) {
            for (int round = 0; round < 2; round++) {
                for (SimulatedMachine one : machines) {
                    machines.stream()
                            .filter(other -> other != one && other.generation() == one.generation())
                            .forEach(other -> carrier.carryAll(one.folder(), other.folder()));
                }
            }
        }
    }

    void forget(SimulatedFolder folder) {
        carrier.forget(folder);
    }

    /** The folders that some device reads. */
    Set<SimulatedFolder> inUse(Collection<SimulatedMachine> machines) {
        Set<SimulatedFolder> folders = new LinkedHashSet<>();
        machines.forEach(machine -> folders.add(
                isCarried ? machine.folder() : shared(machine.generation()).folder()));
        return folders;
    }

    /** The faults that happened. */
    Set<String> faults() {
        Set<String> faults = new TreeSet<>();
        shared.forEach(each -> each.storage().met().keySet().forEach(fault -> faults.add(fault.name())));
        return faults;
    }
}
