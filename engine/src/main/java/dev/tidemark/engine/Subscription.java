package dev.tidemark.engine;

/** A running subscription. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends the subscription. After this method returns, the subscriber gets no new call. Waits up to a second for a
     * call that is running in another thread. The subscriber may call this method itself; it then does not wait.
     * Closing twice does nothing.
     */
    @Override
    void close();
}
