/** The program as processes: commands, windows, and what is left when one is killed. */
@NullMarked
package dev.tidemark.app.process;

import org.jspecify.annotations.NullMarked;
