/** Starting with the session, by the means that each system has for it. No JavaFX. */
@NullMarked
package dev.tidemark.app.autostart;

import org.jspecify.annotations.NullMarked;
