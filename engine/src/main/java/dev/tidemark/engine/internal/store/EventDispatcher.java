package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseEvent.ClockAhead;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.subscribe.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to listeners. Listeners that are added later also receive earlier events whose condition still
 * applies. Thread-safe. Calls listeners outside of all locks; each listener gets the events in their order.
 */
final class EventDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    /** An event about a clock is delivered again if the clock is further ahead by at least this much. */
    private static final Duration WORSE = Duration.ofHours(1);

    private final Object lock = new Object();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Object, DatabaseEvent> lasting = new LinkedHashMap<>();

    Subscription addListener(Executor executor, Consumer<DatabaseEvent> consumer) {
        Listener listener = new Listener(new SerialExecutor(executor), consumer);
        List<DatabaseEvent> already;
        synchronized (lock) {
            listeners.add(listener);
            already = List.copyOf(lasting.values());
            listener.wanted.addAll(already);
        }
        listener.deliver();
        return () -> {
            listener.closed = true;
            synchronized (lock) {
                listeners.remove(listener);
            }
        };
    }

    /** Delivers an event to the current listeners only. */
    void publish(DatabaseEvent event) {
        notifyListeners(null, event);
    }

    /** Delivers an event to current and later listeners, unless an event of its class was delivered before. */
    void publishOnce(DatabaseEvent event) {
        notifyListeners(event.getClass(), event);
    }

    /**
     * Delivers events about clocks that were right before or are further ahead now, and removes events about clocks
     * that are right again.
     */
    void updateClocks(List<ClockAhead> ahead) {
        synchronized (lock) {
            lasting.values()
                    .removeIf(event -> event instanceof ClockAhead known
                            && ahead.stream().noneMatch(clock -> clock.replica().equals(known.replica())));
        }
        ahead.forEach(clock -> notifyListeners(clock.replica(), clock));
    }

    boolean hasClockEvents() {
        synchronized (lock) {
            return lasting.values().stream().anyMatch(event -> event instanceof ClockAhead);
        }
    }

    private void notifyListeners(@Nullable Object key, DatabaseEvent event) {
        List<Listener> called;
        synchronized (lock) {
            DatabaseEvent known = key == null ? null : lasting.get(key);
            if (known != null && !isWorse(known, event)) {
                return;
            }
            if (key != null) {
                lasting.put(key, event);
            }
            called = List.copyOf(listeners);
            called.forEach(listener -> listener.wanted.add(event));
        }
        if (called.isEmpty()) {
            Throwable reason = event instanceof DatabaseEvent.SubscriptionFailed failed ? failed.reason() : null;
            LOG.warn("{}", event.message(), reason);
        }
        called.forEach(Listener::deliver);
    }

    private static boolean isWorse(DatabaseEvent known, DatabaseEvent event) {
        return known instanceof ClockAhead before
                && event instanceof ClockAhead now
                && now.ahead().compareTo(before.ahead().plus(WORSE)) > 0;
    }

    /** A listener, and the events that it has not received yet. */
    private final class Listener {
        private final SerialExecutor executor;
        private final Consumer<DatabaseEvent> consumer;
        private final List<DatabaseEvent> wanted = new ArrayList<>();
        private volatile boolean closed;

        Listener(SerialExecutor executor, Consumer<DatabaseEvent> consumer) {
            this.executor = executor;
            this.consumer = consumer;
        }

        void deliver() {
            try {
                executor.execute(this::deliverAll);
            } catch (RejectedExecutionException refusal) {
                List<DatabaseEvent> undelivered = drain();
                LOG.warn("The executor rejects tasks, so these events were not delivered: {}", undelivered, refusal);
            }
        }

        private List<DatabaseEvent> drain() {
            synchronized (lock) {
                List<DatabaseEvent> events = List.copyOf(wanted);
                wanted.clear();
                return events;
            }
        }

        private void deliverAll() {
            for (DatabaseEvent event : drain()) {
                if (!closed) {
                    consumer.accept(event);
                }
            }
        }
    }
}
