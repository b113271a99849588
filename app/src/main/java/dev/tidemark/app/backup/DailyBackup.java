package dev.tidemark.app.backup;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a backup if the last one is a day old. Confined to the callback thread of its runner. */
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
     * @param wanted whether the user wants daily backups
     * @param failed receives the first failure, and a further one only after a backup has succeeded
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

    /** Makes a backup in the background if one is due. Checks once an hour; call this often. */
    public void runIfDue() {
        Instant now = backups.clock().instant();
        if (nextCheck != null && now.isBefore(nextCheck)) {
            return;
        }
        nextCheck = now.plus(HOUR);
        if (wanted.getAsBoolean()) {
            files.run(() -> makeIfDue(now), made -> hasFailed &= !made, this::report);
        }
    }

    private void report(Throwable failure) {
        if (!hasFailed) {
            hasFailed = true;
            failed.accept(failure);
        }
    }

    /** Ignores backups from more than a day in the future: the clock was wrong when they were made. */
    private boolean makeIfDue(Instant now) {
        boolean isDue = backups.list().stream()
                .noneMatch(
                        each -> each.at().isAfter(now.minus(DAY)) && each.at().isBefore(now.plus(DAY)));
        if (isDue) {
            backups.make(database);
        }
        return isDue;
    }
}
