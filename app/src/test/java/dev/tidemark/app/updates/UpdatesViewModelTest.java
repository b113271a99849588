package dev.tidemark.app.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.updates.UpdateStatus.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The update check with a real web server on this machine. */
class UpdatesViewModelTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Executor HERE = Runnable::run;

    @TempDir
    private Path folder;

    private final ManualScheduler delays = new ManualScheduler();
    private final List<UpdatesViewModel> models = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private ReleaseInfoServer server;

    @BeforeEach
    void serve() throws IOException {
        Locale.setDefault(Locale.ENGLISH);
        server = new ReleaseInfoServer();
    }

    @AfterEach
    void close() {
        models.forEach(UpdatesViewModel::close);
        server.close();
    }

    private UpdatesViewModel model(String version, Duration timeout, SerialTaskRunner background) {
        UpdatesViewModel created = new UpdatesViewModel(
                version, folder.resolve("cache/updates.properties"), timeout, background, delays, () -> now);
        models.add(created);
        return created;
    }

    private UpdatesViewModel model() {
        return model("0.1.0-SNAPSHOT", TIMEOUT, SerialTaskRunner.on(HERE, HERE));
    }

    private Settings daily(String address) {
        return Settings.DEFAULT.with(Setting.UPDATES_CHECK, "daily").with(Setting.UPDATES_URL, address);
    }

    /** One that has been on since its program was started, and has looked. */
    private UpdatesViewModel looking() {
        UpdatesViewModel model = model();
        model.applySettings(daily(server.address()));
        pass(Duration.ofSeconds(5));
        return model;
    }

    private void pass(Duration time) {
        now = now.plus(time);
        delays.pass(time);
    }

    private static State state(UpdatesViewModel model) {
        return model.statusProperty().get().state();
    }

    @Test
    void offOrWithoutAnAddressNobodyIsAsked() {
        server.announce("9.0");
        UpdatesViewModel model = model();
        model.applySettings(Settings.DEFAULT);
        pass(Duration.ofDays(3));
        assertThat(state(model)).isEqualTo(State.OFF);
        model.applySettings(Settings.DEFAULT.with(Setting.UPDATES_URL, server.address()));
        model.checkNow();
        pass(Duration.ofDays(3));
        assertThat(state(model)).isEqualTo(State.OFF);
        model.applySettings(Settings.DEFAULT.with(Setting.UPDATES_CHECK, "daily"));
        pass(Duration.ofDays(3));
        assertThat(state(model)).isEqualTo(State.NO_ADDRESS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNewerVersionIsToldWithItsPageAndTheQuestionTellsNothing() {
        server.announce("0.2");
        UpdatesViewModel model = looking();
        assertThat(state(model)).isEqualTo(State.NEWER);
        assertThat(model.statusProperty().get().newer())
                .isEqualTo(new ReleaseInfo("0.2", URI.create("https://example.org/tidemark")));
        assertThat(server.requests()).singleElement().satisfies(headers -> {
            assertThat(headers.get("request")).containsExactly("GET /tidemark.json");
            assertThat(headers.get("User-Agent")).containsExactly("Tidemark");
            assertThat(headers.keySet()).doesNotContain("Cookie", "Authorization", "Referer", "From");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.1", "0.0.9", "0.1.0.0"})
    void sameOrOlderIsTheNewestThatWasAnnounced(String version) {
        server.announce(version);
        assertThat(state(looking())).isEqualTo(State.CURRENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in to this network</html>",
                "{}",
                "{\"program\":\"other\",\"version\":\"0.1.0\",\"page\":\"https://example.org\"}",
                "{\"program\":\"tidemark\",\"version\":\"soon\",\"page\":\"https://example.org\"}",
                "{\"program\":\"tidemark\",\"version\":9,\"page\":\"https://example.org\"}",
                "{\"program\":\"tidemark\",\"version\":\"0.1.0\"}",
                "{\"program\":\"tidemark\",\"version\":\"0.1.0\",\"page\":\"http://example.org\"}",
                "{\"program\":\"tidemark\",\"version\":\"9.0\",\"page\":\"javascript:alert(1)\"}",
                "{\"program\":\"tidemark\",\"version\":\"0.1.0\",\"version\":\"9.0\",\"page\":\"https://example.org\"}",
                "{\"program\":\"tidemark\",\"version\":\"0.1.0\",\"page\":\"https://example.org\"} and more",
                "[\"tidemark\",\"0.1.0\"]"
            })
    void aWrongAnswerIsNeverUpToDate(String body) {
        server.answer(200, body);
        UpdatesViewModel model = looking();
        assertThat(state(model)).isEqualTo(State.FAILED);
        assertThat(model.statusProperty().get().problem()).contains("127.0.0.1", "does not name a version");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 304, 401, 404, 500})
    void nothingButSuccessIsAnAnswer(int status) {
        server.answer(status, "");
        UpdatesViewModel model = looking();
        assertThat(state(model)).isEqualTo(State.FAILED);
        assertThat(model.statusProperty().get().problem()).contains(Integer.toString(status));
    }

    @Test
    void anEndlessAnswerIsGivenUp() {
        server.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(4096).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            while (true) {
                exchange.getResponseBody().write(blanks);
            }
        });
        assertThat(state(looking())).isEqualTo(State.FAILED);
    }

    @Test
    void whoDoesNotAnswerIsWaitedForASetTimeAndNobodyWaitsWithIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.handle(exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
        UpdatesViewModel model =
                model("0.1.0", Duration.ofMillis(300), SerialTaskRunner.on(Thread::startVirtualThread, window::add));
        model.applySettings(daily(server.address()));
        Objects.requireNonNull(window.poll(20, TimeUnit.SECONDS)).run();
        pass(Duration.ofSeconds(5));
        assertThat(state(model)).as("asks, and goes on").isEqualTo(State.CHECKING);
        Objects.requireNonNull(window.poll(20, TimeUnit.SECONDS)).run();
        assertThat(state(model)).isEqualTo(State.FAILED);
        assertThat(model.statusProperty().get().problem()).contains("could not be reached");
        end.countDown();
        Objects.requireNonNull(window.poll(20, TimeUnit.SECONDS), "the result is stored")
                .run();
    }

    @Test
    void whereNobodyListensIsSaid() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        UpdatesViewModel model = model();
        model.applySettings(daily("http://localhost:" + free));
        pass(Duration.ofSeconds(5));
        assertThat(model.statusProperty().get().problem()).contains("localhost could not be reached");
    }

    @Test
    void itAsksOnceADayAndAfterAFailureInAnHourAlsoAcrossStarts() {
        server.announce("0.1.0");
        UpdatesViewModel first = looking();
        for (int look = 0; look < 140; look++) {
            pass(Duration.ofMinutes(10));
        }
        assertThat(server.requests()).hasSize(1);
        first.close();
        UpdatesViewModel second = looking();
        assertThat(state(second)).as("known from before").isEqualTo(State.CURRENT);
        assertThat(server.requests()).hasSize(1);
        server.answer(500, "");
        for (int look = 0; look < 4; look++) {
            pass(Duration.ofMinutes(10));
        }
        assertThat(server.requests()).hasSize(2);
        assertThat(state(second)).as("what was known is a day old").isEqualTo(State.FAILED);
        second.close();
        UpdatesViewModel third = looking();
        assertThat(state(third)).as("that it failed is kept, too").isEqualTo(State.FAILED);
        assertThat(server.requests()).hasSize(2);
        server.announce("0.1.0");
        for (int look = 0; look < 6; look++) {
            pass(Duration.ofMinutes(10));
        }
        assertThat(server.requests()).hasSize(3);
        assertThat(state(third)).isEqualTo(State.CURRENT);
    }

    @Test
    void aNewerVersionStaysKnownThroughFailuresAndUntilItIsInstalled() {
        server.announce("0.2");
        UpdatesViewModel model = looking();
        server.answer(500, "");
        model.checkNow();
        assertThat(state(model)).isEqualTo(State.NEWER);
        model.close();
        UpdatesViewModel upgraded = model("0.2.0", TIMEOUT, SerialTaskRunner.on(HERE, HERE));
        upgraded.applySettings(daily(server.address()));
        assertThat(upgraded.statusProperty().get().newer()).isNull();
    }

    @Test
    void anotherAddressIsAskedAtOnceAndWhatTheFirstSaidIsForgotten() throws IOException {
        server.announce("0.2");
        UpdatesViewModel model = looking();
        try (ReleaseInfoServer other = new ReleaseInfoServer()) {
            other.announce("0.1");
            model.applySettings(daily(other.address()));
            assertThat(state(model)).isEqualTo(State.NOT_YET);
            pass(Duration.ofSeconds(5));
            assertThat(state(model)).isEqualTo(State.CURRENT);
        }
        model.applySettings(Settings.DEFAULT);
        assertThat(state(model)).isEqualTo(State.OFF);
    }

    @Test
    void aFileThatMakesNoSenseAndAClockPutBackAreAskedAnew() throws IOException {
        server.announce("0.2");
        Path file = folder.resolve("cache/updates.properties");
        Files.createDirectories(folder.resolve("cache"));
        Files.writeString(file, "asked=yesterday\n");
        assertThat(state(looking())).isEqualTo(State.NEWER);
        now = now.minus(Duration.ofDays(400));
        looking();
        assertThat(server.requests()).hasSize(2);
    }
}
