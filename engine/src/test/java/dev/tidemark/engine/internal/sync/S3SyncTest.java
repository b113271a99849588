package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.s3.FaultProxy;
import dev.tidemark.engine.storage.s3.FaultProxy.Fault;
import dev.tidemark.engine.storage.s3.S3Server;
import dev.tidemark.engine.storage.s3.S3Storage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Complete syncs of real databases through a bucket, over a connection that the test breaks. */
class S3SyncTest extends RemoteLibraryFixture {
    private static final S3Server SERVER = S3Server.running();

    private final String bucket = SERVER.newBucket();
    private FaultProxy proxy;
    private RemoteStorage line;

    @BeforeEach
    void connect() throws Exception {
        proxy = new FaultProxy(SERVER.port());
        line = S3Storage.open(
                S3Server.options(proxy.endpoint(), bucket, "notes").forTest());
    }

    @AfterEach
    void disconnect() throws Exception {
        line.close();
        proxy.close();
    }

    private SyncReport syncOver(Database database) {
        return RemoteLibrary.open(database, line).sync();
    }

    @Test
    void devicesMeetInABucketAndTwoLibrariesInOneNeverSeeEachOther() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database eve = device("eve");
        add(ann, "a");
        add(bob, "b");
        add(eve, "e");
        try (RemoteStorage beside = SERVER.storage(bucket, "note")) {
            for (Database device : List.of(ann, bob, ann)) {
                syncOver(device);
                RemoteLibrary.open(eve, beside).sync();
            }
            assertEqual(ann, bob);
            assertThat(titles(ann)).isEqualTo(2);
            assertThat(titles(eve)).isEqualTo(1);
            assertThat(eve.library()).isNotEqualTo(ann.library());
        }
    }

    private static long titles(Database database) {
        return database.list(dev.tidemark.engine.Query.of("SELECT title FROM todo"))
                .size();
    }

    /** Acceptance 41, in requests that went over the line. */
    @Test
    void theBudgetOfRequestsIsThatOfTheLine() {
        Database ann = device("ann");
        Database bob = device("bob");
        RemoteLibrary anns = RemoteLibrary.open(ann, line);
        RemoteLibrary bobs = RemoteLibrary.open(bob, line);
        for (RemoteLibrary library : List.of(anns, bobs, anns, bobs)) {
            library.sync();
        }
        assertThat(requests(anns)).isEqualTo(1);
        add(ann, "a");
        assertThat(requests(anns)).isLessThanOrEqualTo(3);
        assertThat(requests(bobs)).isLessThanOrEqualTo(3);
        ann.write(tx -> {
            for (int row = 0; row < 10_000; row++) {
                tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), "row " + row);
            }
            return null;
        });
        assertThat(requests(anns)).isLessThanOrEqualTo(6);
        assertThat(requests(bobs)).isLessThanOrEqualTo(6);
        assertEqual(ann, bob);
    }

    /** Those over the line, of which the report must know all. */
    private long requests(RemoteLibrary library) {
        int before = proxy.requests();
        SyncReport report = library.sync();
        assertThat(report.requests() + report.maintenanceRequests()).isEqualTo(proxy.requests() - before);
        return report.requests();
    }

    @Proof
    @Test
    void whateverTheLineDoesNothingIsLostAndNoWrongAnswerReadsAsSuccess() {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        System.out.println("S3SyncTest: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> met = new TreeMap<>();
        Database ann = device("ann");
        Database bob = device("bob");
        syncOver(ann);
        proxy.faults(request -> {
            Fault fault = random.nextInt(3) == 0 ? fault(random) : new Fault.Delay(0);
            synchronized (met) {
                met.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
            }
            return fault;
        });
        int failed = 0;
        for (int round = 0; round < 40; round++) {
            Database device = round % 2 == 0 ? ann : bob;
            add(device, "row " + round);
            TidemarkException failure = catchThrowableOfType(TidemarkException.class, () -> syncOver(device));
            failed += failure == null ? 0 : 1;
            assertThat(failure == null || failure instanceof StorageException || isAbout(failure))
                    .as("%s", failure)
                    .isTrue();
        }
        System.out.println("S3SyncTest: " + failed + " of 40 syncs failed; met " + met);
        assertThat(met.keySet()).hasSizeGreaterThan(5);
        assertThat(failed).isPositive();
        proxy.faults(request -> new Fault.Delay(0));
        for (Database device : List.of(ann, bob, ann)) {
            assertThat(syncOver(device).isComplete()).isTrue();
        }
        assertEqual(ann, bob);
        assertThat(titles(ann)).isEqualTo(40);
    }

    /**
     * A bucket that answers with other people's pages may look as if it were empty: that is said, and changes nothing.
     */
    private static boolean isAbout(TidemarkException failure) {
        return failure.code().startsWith("sync.");
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Fault.ResetBefore();
            case 1 -> new Fault.DropAnswer();
            case 2 -> new Fault.ResetAfter();
            case 3 -> new Fault.Truncate();
            case 4 -> new Fault.Throttle(4_000);
            case 5 -> new Fault.Answer(503, "", "<Error><Code>SlowDown</Code><Message>Wait</Message></Error>");
            case 6 -> new Fault.Answer(200, "Content-Type: text/html\r\n", "<html>Sign in</html>");
            default -> new Fault.Answer(302, "Location: http://portal.invalid/\r\n", "");
        };
    }
}
