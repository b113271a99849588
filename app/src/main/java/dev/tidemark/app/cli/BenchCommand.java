package dev.tidemark.app.cli;

import picocli.CommandLine.Command;

/** Measures the database on this machine. Does not touch the user's data. */
@Command(name = "bench")
final class BenchCommand extends Subcommand.Group {}
