package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.sync.SyncOptions;

/** Operations of a simulated life that restore an older state, lose data, or change the storage. */
final class SimulatedDisasters {
    private final SimulatedLife life;
    private final SimulatedOperations operations;

    SimulatedDisasters(SimulatedLife life, SimulatedOperations operations) {
        this.life = life;
        this.operations = operations;
    }

    void kill(SimulatedMachine machine) {
        machine.killAndStartAs(life.nextFile());
        life.happened("killed between two steps");
    }

    /** Puts back the profile, with the folder or without it. What was in no other place is lost. */
    void restore(SimulatedMachine machine) {
        SimulatedMachine.Image image = machine.image;
        if (image == null || image.version() < machine.device.version) {
            return;
        }
        SimulatedFolder folder = machine.folder();
        if (life.storages.isCarried() && life.random.nextBoolean()) {
            machine.restore(image, life.nextFile());
            life.storages.forget(folder);
            life.happened("image restored");
        } else {
            machine.restoreProfile(image, life.nextFile());
            life.happened("backup restored");
        }
        life.ghosts.forked(machine.database().replica());
        lostSome();
        machine.device.act();
    }

    void takeImage(SimulatedMachine machine) {
        machine.image = machine.takeImage(life.nextFile());
    }

    /** Another device begins with a copy of the profile and the folder. */
    void copy(SimulatedMachine machine) {
        String name = life.nextFile();
        SimulatedMachine.Image image = machine.takeImage(name);
        SimulatedMachine copy = life.add(name, machine.device.version, machine.offset, image.folder());
        copy.moveTo(image.generation(), image.folder());
        copy.collected.addAll(image.collected());
        life.ghosts.forked(machine.database().replica());
        life.happened("database copied");
    }

    /** With all that it had not uploaded, and with its folder. */
    void lose(SimulatedMachine machine) {
        if (life.machines.size() > 2) {
            life.machines.remove(machine);
            machine.database().close();
            life.happened("device lost");
            lostSome();
        }
    }

    private void lostSome() {
        operations.lostSomeFiles();
        life.ghosts.lostSome(life.machines, life.storages.inUse(life.machines));
    }

    /** The device goes on with an empty storage, or with one that others have moved to. */
    void changeStorage(SimulatedMachine machine) {
        moveTo(machine, machine.generation() + 1);
        life.happened("storage changed");
        life.syncOverABadLine(machine);
    }

    void moveTo(SimulatedMachine machine, int generation) {
        if (machine.generation() != generation) {
            machine.moveTo(generation, new SimulatedFolder("storage " + generation));
            lostSome();
        }
    }

    /** All devices meet in the newest storage. */
    void moveAll() {
        int newest = life.machines.stream()
                .mapToInt(SimulatedMachine::generation)
                .max()
                .orElseThrow();
        life.machines.forEach(machine -> moveTo(machine, newest));
    }

    /** Its user uploads everything again; the others connect when they are told. */
    void publish(SimulatedMachine machine) {
        life.attempt(machine, library -> library.startNewEpoch(SyncOptions.DEFAULT));
        life.happened("published anew");
    }
}
