package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/**
 * Runs the compatibility kit of reactive streams, which needs TestNG, inside {@link ResultPublisherTest}. A database
 * with continuous writes serves as a publisher of any number of elements.
 */
public final class ReactiveStreamsRules extends FlowPublisherVerification<Query.Result<Long>> {
    private static final Query<Long> COUNT =
            Query.of("SELECT count(*) AS n FROM setting").map(row -> row.integer("n"));

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private Path folder;
    private Database database;
    private Database closed;
    private Thread writer;
    private volatile boolean done;

    /** Made by TestNG. */
    public ReactiveStreamsRules() {
        // Milliseconds to wait for a signal, and in which none may come: the shorter suffices since commits never
        // pause.
        super(new TestEnvironment(2_000, 50));
    }

    /** Opens one database that is written without pause, and one that is closed. */
    @BeforeClass
    public void open() throws IOException {
        folder = Files.createTempDirectory("streams");
        DatabaseOptions options = DatabaseOptions.DEFAULT.with(Durability.NONE);
        database = Database.open(folder.resolve("busy.db"), ExternalWriter.SCHEMA, options);
        closed = Database.open(folder.resolve("closed.db"), ExternalWriter.SCHEMA, options);
        closed.close();
        writer = Thread.ofVirtual().start(() -> {
            while (!done) {
                database.write(tx -> tx.execute(
                        "INSERT INTO setting VALUES (?, '')", Ids.next().toString()));
                Thread.onSpinWait();
            }
        });
    }

    /** Closes it and deletes its files. */
    @AfterClass
    public void close() throws IOException, InterruptedException {
        done = true;
        writer.join();
        database.close();
        executor.shutdown();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public Flow.Publisher<Query.Result<Long>> createFlowPublisher(long elements) {
        return database.publisher(COUNT, executor);
    }

    @Override
    public Flow.Publisher<Query.Result<Long>> createFailedFlowPublisher() {
        return closed.publisher(COUNT, executor);
    }

    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }
}
