/** The program as processes: commands, windows, and the data after a process is killed. */
@NullMarked
package dev.tidemark.app.process;

import org.jspecify.annotations.NullMarked;
