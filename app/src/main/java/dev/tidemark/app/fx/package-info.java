/** The only place that hops threads: executors, background work, delays, and the list bound to a subscription. */
@NullMarked
package dev.tidemark.app.fx;

import org.jspecify.annotations.NullMarked;
