package dev.tidemark.engine;

/** A running subscription. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends the subscription: no call begins after this returns. Waits up to a second for a call that is running in
     * another thread. May be called from inside a call, for which it does not wait. Closing twice does nothing.
     */
    @Override
    void close();
}
