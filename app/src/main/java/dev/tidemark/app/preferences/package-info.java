/** The settings window, whose pages apply each choice at once. */
@NullMarked
package dev.tidemark.app.preferences;

import org.jspecify.annotations.NullMarked;
