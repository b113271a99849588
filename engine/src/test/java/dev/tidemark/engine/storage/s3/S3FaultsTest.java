package dev.tidemark.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.s3.FaultProxy.Fault;
import dev.tidemark.engine.storage.s3.FaultProxy.Request;
import dev.tidemark.proof.Proof;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Broken connections: a response is either complete or an error, and a failed request can be repeated. */
class S3FaultsTest {
    private static final S3Server SERVER = S3Server.running();
    private static final byte[] CONTENT = new byte[200_000];

    /** No second attempt, so that each fault is met. */
    private static final S3Timeouts ONCE = new S3Timeouts(
            Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(2), 1, Duration.ofSeconds(20));

    private static final S3Timeouts THRICE = new S3Timeouts(
            Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(2), 3, Duration.ofSeconds(20));

    static {
        new Random(36).nextBytes(CONTENT);
    }

    private final String bucket = SERVER.newBucket();
    private FaultProxy proxy;
    private S3Storage storage;

    @BeforeEach
    void open() throws Exception {
        proxy = new FaultProxy(SERVER.port());
        storage = storage(ONCE);
        try (S3Storage patient = SERVER.storage(bucket, "")) {
            patient.put("there", CONTENT);
        }
    }

    @AfterEach
    void close() throws Exception {
        storage.close();
        proxy.close();
    }

    private S3Storage storage(S3Timeouts timeouts) {
        return S3Storage.open(S3Server.options(proxy.endpoint(), bucket, ""), timeouts, List.of());
    }

    /** The fault meets the first so many requests that are meant; the others pass. */
    private AtomicInteger strike(int times, Predicate<Request> meant, Fault fault) {
        AtomicInteger left = new AtomicInteger(times);
        proxy.faults(request -> meant.test(request) && left.getAndDecrement() > 0 ? fault : FaultProxy.NONE);
        return left;
    }

    static Stream<Fault> breaks() {
        return Stream.concat(Stream.of(new Fault.Truncate(), new Fault.ResetAfter()), moreBreaks());
    }

    static Stream<Fault> moreBreaks() {
        return Stream.of(
                new Fault.ResetBefore(),
                new Fault.DropAnswer(),
                new Fault.HalfClose(),
                new Fault.BlackHole(),
                new Fault.Answer(503, "", "<Error><Code>SlowDown</Code><Message>Wait</Message></Error>"),
                new Fault.Answer(200, "Content-Type: text/html\r\n", "<html>Sign in</html>"));
    }

    @Test
    void anAnswerThatBreaksIsAnErrorAndNeverHalfASuccess() {
        assertRefused(new Fault.Truncate());
    }

    @Test
    void aConnectionThatIsResetIsAnErrorAndNeverHalfASuccess() {
        assertRefused(new Fault.ResetAfter());
    }

    @Proof
    @ParameterizedTest
    @MethodSource("moreBreaks")
    void whateverBreaksIsAnErrorAndNeverHalfASuccess(Fault fault) {
        assertRefused(fault);
    }

    private void assertRefused(Fault fault) {
        for (Runnable request : List.<Runnable>of(
                () -> storage.list("", null), () -> storage.get("there"), () -> storage.put("new", CONTENT))) {
            strike(1, any -> true, fault);
            StorageException failure = catchThrowableOfType(StorageException.class, request::run);
            assertThat(failure).as("%s", fault).isNotNull();
            assertThat(failure.problem())
                    .isIn(
                            Problem.STORAGE_CONNECTION_LOST,
                            Problem.STORAGE_TLS_WANTED, // a first answer that never comes looks like it
                            Problem.STORAGE_NO_ANSWER,
                            Problem.STORAGE_SERVER_BUSY,
                            Problem.STORAGE_OTHER_SERVICE);
            request.run(); // the line is back
        }
        assertThat(Arrays.equals(storage.get("new"), CONTENT)).isTrue();
        assertThat(storage.list("", null)).hasSize(2);
    }

    @Proof
    @ParameterizedTest
    @MethodSource("breaks")
    void aSecondAttemptHealsWhatASecondAttemptCan(Fault fault) {
        try (S3Storage patient = storage(THRICE)) {
            boolean heals = !(fault instanceof Fault.Answer answer && answer.status() == 200);
            // Half of the answer to a put is half of a head: that is no confirmation, and not tried again.
            boolean halves = fault instanceof Fault.Truncate || fault instanceof Fault.HalfClose;
            strike(1, any -> true, heals ? fault : FaultProxy.NONE);
            assertThat(patient.list("", null)).isNotEmpty();
            strike(1, any -> true, heals ? fault : FaultProxy.NONE);
            assertThat(patient.get("there")).hasSameSizeAs(CONTENT);
            strike(1, any -> true, heals && !halves ? fault : FaultProxy.NONE);
            patient.put("new", CONTENT);
            assertThat(Arrays.equals(patient.get("new"), CONTENT)).isTrue();
        }
    }

    @Test
    void anAnswerThatEndsBeforeItsFirstByteIsALostConnection() {
        Fault cut = new Fault.Raw("HTTP/1.1 200 OK\r\nContent-Length: 165\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        strike(1, any -> true, cut);
        StorageException failure = catchThrowableOfType(StorageException.class, () -> storage.list("", null));
        assertThat(failure.problem()).isEqualTo(Problem.STORAGE_CONNECTION_LOST);
        try (S3Storage patient = storage(THRICE)) {
            strike(1, any -> true, cut);
            assertThat(patient.list("", null)).isNotEmpty();
        }
    }

    @Proof
    @Test
    void aSlowLineIsNoError() {
        proxy.faults(request -> new Fault.Throttle(20_000));
        assertThat(Arrays.equals(storage.get("there"), CONTENT)).isTrue();
        proxy.faults(request -> new Fault.Delay(300));
        storage.put("late", CONTENT);
        assertThat(storage.list("", null)).hasSize(2);
    }

    @Test
    void anInterruptEndsARequestAtOnce() throws Exception {
        strike(1, any -> true, new Fault.BlackHole());
        List<StorageException> failures = new ArrayList<>();
        boolean[] interrupted = new boolean[1];
        try (S3Storage patient =
                S3Storage.open(S3Server.options(proxy.endpoint(), bucket, ""), S3Timeouts.DEFAULT, List.of())) {
            int before = proxy.requests();
            Thread reader = Thread.ofVirtual().start(() -> {
                failures.add(catchThrowableOfType(StorageException.class, () -> patient.get("there")));
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            while (proxy.requests() == before) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            reader.interrupt();
            reader.join();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(failures.getFirst().arguments()).contains(Problem.INTERRUPTED);
            assertThat(interrupted[0]).isTrue();
        }
    }

    @Proof
    @Test
    void aLargeObjectIsPutInPartsAndWholeOrNotAtAll() {
        storage.close();
        storage = storage(new S3Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(20), 1, Duration.ofSeconds(60)));
        byte[] large = new byte[S3Uploads.LARGE + S3Uploads.PART / 2];
        new Random(1).nextBytes(large);
        strike(1, request -> request.target().contains("partNumber=2"), new Fault.ResetAfter());
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.put("large", large)))
                .isNotNull();
        assertThat(SERVER.keys(bucket)).containsExactly("there");
        assertThat(SERVER.uploadsLeft(bucket))
                .as("what nobody would ever see, and pay for")
                .isZero();
        storage.put("large", large);
        assertThat(Arrays.equals(storage.get("large"), large)).isTrue();
    }

    /**
     * The answer to the last request is lost, and to a second attempt the server says that it knows of no such upload.
     */
    @Proof
    @Test
    void aLargeObjectWhoseConfirmationWasLostIsLookedFor() {
        byte[] large = new byte[S3Uploads.LARGE + 1];
        new Random(2).nextBytes(large);
        try (S3Storage patient = storage(S3Timeouts.DEFAULT)) {
            AtomicInteger left = strike(
                    1,
                    request ->
                            request.method().equals("POST") && request.target().contains("uploadId="),
                    new Fault.DropAnswer());
            patient.put("large", large);
            assertThat(left.get()).as("it was struck, and tried again").isNegative();
            assertThat(Arrays.equals(patient.get("large"), large)).isTrue();
        }
    }

    private static String page(boolean more, int from, int to) {
        StringBuilder page = new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult><Name>%s</Name><IsTruncated>"
                + more + "</IsTruncated>" + (more ? "<NextContinuationToken>same</NextContinuationToken>" : ""));
        IntStream.range(from, to)
                .forEach(number ->
                        page.append(String.format("<Contents><Key>k%04d</Key><Size>1</Size></Contents>", number)));
        return page + "</ListBucketResult>";
    }

    private void answerPages(String... pages) {
        AtomicInteger next = new AtomicInteger();
        proxy.faults(request -> new Fault.Answer(
                200,
                "Content-Type: application/xml\r\n",
                String.format(pages[Math.min(next.getAndIncrement(), pages.length - 1)], bucket)));
    }

    @Test
    void aPageThatRepeatsIsPassedOver() {
        answerPages(page(true, 0, 10), page(true, 0, 10), page(true, 8, 15), page(false, 15, 20));
        assertThat(storage.list("", null)).hasSize(20);
    }

    @Test
    void aListingThatRepeatsForEverIsAnErrorAndNoEndlessLoop() {
        answerPages(page(true, 0, 10));
        StorageException failure = catchThrowableOfType(StorageException.class, () -> storage.list("", null));
        assertThat(failure.problem()).isEqualTo(Problem.STORAGE_LISTING_REPEATS);
        answerPages(page(true, 0, 0));
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.list("", null)))
                .isNotNull();
    }

    @Test
    void aServerThatSendsMoreThanItListedIsNotReadToItsEnd() {
        proxy.faults(request -> new Fault.Answer(200, "ETag: \"x\"\r\n", "x".repeat(4 << 20)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        TidemarkException failure = catchThrowableOfType(TidemarkException.class, () -> storage.get("there", 600));
        assertThat(failure.problem()).isEqualTo(Problem.FILE_DAMAGED);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3 << 20);
    }

    private S3Requests requests() {
        return new S3Requests(S3Server.options(proxy.endpoint(), bucket, ""), ONCE, List.of(), InstantSource.system());
    }

    /** Some look-alikes ignore ranges, and one may send the whole again with each. */
    @Test
    void aServerThatKnowsNoRangesGivesThemAllTheSame() {
        proxy.faults(request -> new Fault.Answer(200, "ETag: \"x\"\r\n", "0123456789".repeat(100)));
        try (S3Requests requests = requests()) {
            assertThat(requests.range("there", 0, 4)).asString().isEqualTo("0123");
            assertThat(requests.range("there", 996, 8)).asString().isEqualTo("6789");
            assertThat(requests.range("there", 1_000, 8)).isEmpty();
        }
    }

    @Test
    void aListingThatNeverEndsIsAnError() {
        AtomicInteger next = new AtomicInteger();
        proxy.faults(request -> {
            int number = next.getAndIncrement();
            return new Fault.Answer(200, "", String.format(page(true, number, number + 1), bucket));
        });
        S3Options options = S3Server.options(proxy.endpoint(), bucket, "");
        try (S3Client client = S3ClientFactory.create(options, ONCE, List.of(), new S3Clock(InstantSource.system()))) {
            S3Listing listing = new S3Listing(client, bucket, new S3Errors(options), "", "", null);
            StorageException failure = catchThrowableOfType(StorageException.class, () -> listing.read(20));
            assertThat(failure.problem()).isEqualTo(Problem.STORAGE_LISTING_ENDLESS);
            assertThat(next.get()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Key>a</Key>", "<Size>1</Size>", "", "<Key>a</Key><Size>-1</Size>", "<Key>a</Key><Size/>"})
    void aListingOfAnObjectWithoutNameOrSizeIsNoAnswerOfS3(String entry) {
        answerPages("<ListBucketResult><Name>%s</Name><IsTruncated>false</IsTruncated><Contents>" + entry
                + "</Contents></ListBucketResult>");
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.list("", null))
                        .problem())
                .isEqualTo(Problem.STORAGE_OTHER_SERVICE);
    }

    @Test
    void aPageOfAListingThatIsFarTooLongIsCutOff() {
        answerPages(page(false, 0, 1).replace("</Key>", "k".repeat((int) S3ResponseLimit.MAX_BYTES) + "</Key>"));
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.list("", null))
                        .problem())
                .isEqualTo(Problem.STORAGE_OTHER_SERVICE);
    }

    @Test
    void aListingOfAnotherBucketIsNotBelieved() {
        proxy.faults(request -> new Fault.Answer(
                200,
                "Content-Type: application/xml\r\n",
                "<ListBucketResult><Name>another</Name><IsTruncated>false</IsTruncated></ListBucketResult>"));
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.list("", null))
                        .problem())
                .isEqualTo(Problem.STORAGE_OTHER_SERVICE);
    }

    /** Acceptance 41 counts what goes over the line: a listing of 2,500 objects is three requests. */
    @Test
    void countsAreRequests() {
        SERVER.fill(
                bucket,
                IntStream.range(0, 2_500)
                        .mapToObj(number -> String.format("log/%04d", number))
                        .toList());
        try (CountingStorage counting = new CountingStorage(
                S3Storage.open(S3Server.options(proxy.endpoint(), bucket, ""), S3Timeouts.DEFAULT, List.of()))) {
            int before = proxy.requests();
            assertThat(counting.list("log/", null)).hasSize(2_500);
            assertThat(counting.list("nothing/", null)).isEmpty();
            counting.get("there");
            counting.put("new", CONTENT);
            counting.delete("new");
            assertThat(counting.counts().lists()).isEqualTo(4);
            assertThat(counting.counts().requests()).isEqualTo(proxy.requests() - before);
        }
    }

    @Test
    void anEmptyObjectIsRefused() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> storage.put("empty", new byte[0])))
                .isNotNull();
        assertThat(SERVER.keys(bucket)).containsExactly("there");
    }
}
