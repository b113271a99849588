package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading conflicts writes nothing; a pull completes re-inserted items. */
class ConflictWatchTest {
    @TempDir
    private Path folder;

    private TwoDevices devices;
    private Database laptop;
    private ConflictWatch watch;
    private UUID item;

    /** An item that the laptop purged and an edit of the phone brought back, without its tag. */
    @BeforeEach
    void bringAnItemBack() {
        devices = new TwoDevices(folder);
        laptop = devices.laptop();
        watch = new ConflictWatch(laptop, SerialTaskRunner.on(Runnable::run, Runnable::run), failure -> {
            throw new AssertionError(failure);
        });
        item = new Items(laptop).add(NewItem.todo("Buy milk"));
        new Items(laptop).tag(item, "shop");
        devices.sync();
        new Items(laptop).purge(item);
        new Items(devices.phone()).setTitle(item, "Buy oat milk");
        devices.sync();
    }

    @AfterEach
    void close() {
        devices.close();
    }

    private int tags() {
        return laptop.list(Query.of("SELECT id FROM tag WHERE item_id = ?", item))
                .size();
    }

    @Proof
    @Test
    void readingConflictsWritesNothingAndAPullCompletesTheItemThatCameBack() {
        watch.refresh();
        assertThat(watch.currentProperty().get().groups()).hasSize(1);
        assertThat(tags()).isZero();
        watch.pulled();
        assertThat(tags()).isEqualTo(1);
    }
}
