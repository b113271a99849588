package dev.tidemark.app.backup;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Creates a backup if the last backup is at least a day old. Confined to the callback thread of its runner. */
public final class DailyBackup {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Backups backups;
    private final Database database;
    private final BooleanSupplier wanted;
    private final SerialTaskRunner files;
    private final Consumer<Throwable> failed;
    private @Nullable Instant nextCheck;
    private boolean hasFailed;

    /**
     * @param wanted returns whether the user wants daily backups
     * @param failed receives a failure; receives the next failure only if a backup has succeeded in between
     */
    public DailyBackup(
            Backups backups,
            Database database,
            BooleanSupplier wanted,
            SerialTaskRunner files,
            Consumer<Throwable> failed) {
        this.backups = backups;
        this.database = database;
        this.wanted = wanted;
        this.files = files;
        this.failed = failed;
    }

    /**
     * Creates a backup in the background if one is due. Callers can call this method often, because it checks at most
     * once an hour.
     */
    public void runIfDue() {
        Instant now = backups.clock().instant();
        if (nextCheck != null && now.isBefore(nextCheck)) {
            return;
        }
        nextCheck = now.plus(HOUR);
        if (wanted.getAsBoolean()) {
            files.run(() -> createIfDue(now), created -> hasFailed &= !created, this::report);
        }
    }

    private void report(Throwable failure) {
        if (!hasFailed) {
            hasFailed = true;
            failed.accept(failure);
        }
    }

    /**
     * Creates a backup if none is newer than a day. Ignores backups that are dated more than a day ahead, because the
     * clock was wrong when they were made.
     */
    private boolean createIfDue(Instant now) {
        boolean isDue = backups.list().stream()
                .noneMatch(
                        each -> each.at().isAfter(now.minus(DAY)) && each.at().isBefore(now.plus(DAY)));
        if (isDue) {
            backups.create(database);
        }
        return isDue;
    }
}
