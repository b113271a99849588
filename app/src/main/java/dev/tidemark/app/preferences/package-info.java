/** The settings window: pages whose choices apply at once. */
@NullMarked
package dev.tidemark.app.preferences;

import org.jspecify.annotations.NullMarked;
