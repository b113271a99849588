/**
 * The only package that changes threads: executors, background tasks, the scheduler, live lists; and shared controls.
 */
@NullMarked
package dev.tidemark.app.fx;

import org.jspecify.annotations.NullMarked;
