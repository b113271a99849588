package dev.tidemark.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log of each test off the console and prints it only when the test fails. A test that logs an error without
 * {@link ExpectLog} fails. JUnit registers this by {@code META-INF/services} for every test.
 */
public final class LogGuard implements BeforeEachCallback, AfterEachCallback {
    /** A listener may log on another thread, just after the test saw what it waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Recorder RECORDER = new Recorder();

    @Override
    public void beforeEach(ExtensionContext context) {
        RECORDER.record();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        List<String> required = expectedOf(context.getRequiredTestMethod());
        boolean hasPassed = context.getExecutionException().isEmpty();
        List<String> missing = hasPassed ? RECORDER.awaitAll(required) : List.of();
        List<ILoggingEvent> events = RECORDER.takeAll();
        List<String> allowed = allowedIn(context.getRequiredTestClass());
        List<String> surprises = events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> allowed.stream().noneMatch(message::contains))
                .toList();
        if (!hasPassed || !missing.isEmpty() || !surprises.isEmpty()) {
            RECORDER.print(events);
        }
        if (hasPassed && !missing.isEmpty()) {
            throw new AssertionError("The test logs nothing with " + missing);
        }
        if (hasPassed && !surprises.isEmpty()) {
            throw new AssertionError("The test logs what no @ExpectLog names: " + surprises);
        }
    }

    private static List<String> expectedOf(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotationsByType(ExpectLog.class))
                .map(ExpectLog::value)
                .toList();
    }

    /** What a test leaves behind may log during the next one: all that the class and any of its tests expect. */
    private static List<String> allowedIn(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, LogGuard::next)
                .flatMap(each -> Stream.concat(Stream.of(each), Arrays.stream(each.getDeclaredMethods())))
                .flatMap(element -> expectedOf(element).stream())
                .toList();
    }

    private static Class<?> next(Class<?> type) {
        return type.getEnclosingClass() == null ? type.getSuperclass() : type.getEnclosingClass();
    }

    /**
     * Takes the place of whatever the log goes to, again before each test: a program that a test starts changes that.
     */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private List<ILoggingEvent> events = new ArrayList<>();

        private synchronized void record() {
            events = new ArrayList<>();
            setContext(root.getLoggerContext());
            start();
            if (!root.isAttached(this)) {
                root.detachAndStopAllAppenders();
                root.addAppender(this);
            }
            root.setLevel(Level.WARN);
        }

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            synchronized (this) {
                events.add(event);
                notifyAll();
            }
        }

        /** Waits for events with these parts; returns those that do not come. */
        private synchronized List<String> awaitAll(List<String> parts) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                List<String> missing = parts.stream()
                        .filter(part -> events.stream()
                                .noneMatch(event -> event.getFormattedMessage().contains(part)))
                        .toList();
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (missing.isEmpty() || left <= 0) {
                    return missing;
                }
                wait(left);
            }
        }

        /** What was logged since {@link #record}. */
        private synchronized List<ILoggingEvent> takeAll() {
            List<ILoggingEvent> taken = events;
            events = new ArrayList<>();
            return taken;
        }

        private void print(List<ILoggingEvent> logged) {
            for (ILoggingEvent event : logged) {
                System.err.printf(
                        "%s %s [%s] %s - %s%n",
                        event.getInstant(),
                        event.getLevel(),
                        event.getThreadName(),
                        event.getLoggerName(),
                        event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    System.err.println(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            }
        }
    }
}
