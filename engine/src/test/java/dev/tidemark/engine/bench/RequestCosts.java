package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.remote.SyncCost;
import dev.tidemark.engine.storage.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * N11: the requests of a sync, and the cost of an idle device. The cost is the estimate shown to users;
 * {@code SyncCostTest} compares it with the requests of 24 simulated hours.
 */
final class RequestCosts implements Benchmark {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    @Override
    public List<Figure> run(Path folder) {
        MemoryStorage storage = new MemoryStorage();
        try (Database ann = TodoTable.open(folder.resolve("ann.db"), Durability.GROUP);
                Database bob = TodoTable.open(folder.resolve("bob.db"), Durability.GROUP)) {
            RemoteLibrary anns = RemoteLibrary.open(ann, storage);
            RemoteLibrary bobs = RemoteLibrary.open(bob, storage);
            TodoTable.insert(ann, Todo.some(1, 1), 1);
            for (RemoteLibrary library : List.of(anns, bobs, anns, bobs)) {
                library.sync();
            }
            double nothing = anns.sync().requests();
            TodoTable.insert(ann, Todo.some(1, 2), 1);
            double pushOne = anns.sync().requests();
            double pullOne = bobs.sync().requests();
            TodoTable.insert(ann, Todo.some(10_000, 3), 1_000);
            double pushMany = anns.sync().requests();
            double pullMany = bobs.sync().requests();
            return List.of(
                    Figure.of(
                            "N11",
                            "an idle device, looking each 60 s and ever more rarely",
                            "USD/month",
                            List.of(SyncCost.idleMonth(INTERVAL).dollars())),
                    requests("nothing", "nothing new", nothing),
                    requests("push", "one change pushed", pushOne),
                    requests("pull", "one change pulled", pullOne),
                    requests("push10000", "10,000 changes pushed", pushMany),
                    requests("pull10000", "10,000 changes pulled", pullMany));
        }
    }

    private static Figure requests(String id, String what, double count) {
        return Figure.of("N11." + id, "requests of a sync: " + what, "requests", List.of(count));
    }
}
