package dev.tidemark.engine.remote;

import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.sync.SyncReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The queue of requests that the service has not begun yet. Thread-safe. */
final class SyncRequests {
    private final Deque<PendingRequest> waiting = new ArrayDeque<>();

    private record PendingRequest(SyncService.@Nullable Action action, CompletableFuture<SyncReport> future) {}

    /**
     * Requests that are served together.
     *
     * @param action the action to run
     * @param futures the futures that the callers wait for
     */
    record RequestGroup(SyncService.Action action, List<CompletableFuture<SyncReport>> futures) {
        void complete(SyncReport report) {
            futures.forEach(answer -> answer.complete(report));
        }

        void fail(Throwable failure) {
            futures.forEach(answer -> answer.completeExceptionally(failure));
        }
    }

    /**
     * @param action the action; {@code null} for a sync. One sync serves all requests for a sync that are next in the
     *     queue.
     */
    CompletableFuture<SyncReport> add(SyncService.@Nullable Action action) {
        CompletableFuture<SyncReport> answer = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(new PendingRequest(action, answer));
        }
        return answer;
    }

    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /**
     * Removes the next requests from the queue and returns them. If the queue is empty, returns a sync without callers.
     */
    RequestGroup next() {
        List<CompletableFuture<SyncReport>> answers = new ArrayList<>();
        synchronized (waiting) {
            PendingRequest first = waiting.poll();
            if (first != null) {
                answers.add(first.future);
                if (first.action != null) {
                    return new RequestGroup(first.action, answers);
                }
            }
            while (!waiting.isEmpty() && waiting.getFirst().action == null) {
                answers.add(waiting.remove().future);
            }
        }
        return new RequestGroup(RemoteLibrary::sync, answers);
    }

    void failAll(SyncException reason) {
        List<PendingRequest> all;
        synchronized (waiting) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(asked -> asked.future.completeExceptionally(reason));
    }
}
