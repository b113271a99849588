package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** One library on two devices. Each reading of the clock is a second later, so that the order of writes is clear. */
public final class TwoDevices implements AutoCloseable {
    private final AtomicLong time =
            new AtomicLong(Instant.parse("2026-11-21T08:00:00Z").toEpochMilli());
    private final Database laptop;
    private final Database phone;

    /** @param folder where their databases are to lie */
    public TwoDevices(Path folder) {
        laptop = open(folder, "laptop");
        phone = open(folder, "phone");
    }

    private Database open(Path folder, String name) {
        InstantSource clock = () -> Instant.ofEpochMilli(time.addAndGet(1000));
        return Database.open(
                folder.resolve(name + ".db"),
                LibrarySchema.SCHEMA,
                DatabaseOptions.DEFAULT.named(name).with(clock));
    }

    public Database laptop() {
        return laptop;
    }

    public Database phone() {
        return phone;
    }

    /** Exchanges all changes; afterwards both hold the same. */
    public void sync() {
        SyncEngine.sync(laptop.changelog(), phone.changelog());
        assertThat(phone.dump()).isEqualTo(laptop.dump());
        assertThat(phone.conflicts()).isEqualTo(laptop.conflicts());
    }

    @Override
    public void close() {
        laptop.close();
        phone.close();
    }
}
