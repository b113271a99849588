package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Durability;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.log.ExpectLog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group commit of a real database fails if its fsync throws any exception. */
class GroupCommitTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private Path database;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        database = replicas.open("a").file();
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static final class FailingWal extends WalFile {
        private final Throwable failure;

        FailingWal(Path database, Throwable failure) throws IOException {
            super(database);
            this.failure = failure;
        }

        @Override
        void force() throws IOException {
            switch (failure) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw (IOException) failure;
            }
        }
    }

    @ExpectLog("the database refuses all further writes")
    @Test
    void anFsyncThatEndsWithAnyExceptionHasFailed() throws IOException {
        for (Throwable failure : new Throwable[] {
            new IOException("no disk"), new IllegalStateException("closed"), new OutOfMemoryError("no buffer")
        }) {
            try (GroupCommit commit = new GroupCommit(new FailingWal(database, failure), Durability.GROUP)) {
                long ticket = commit.committed();
                assertThatThrownBy(() -> commit.await(ticket))
                        .isInstanceOfSatisfying(Durability.UnknownException.class, unknown -> {
                            assertThat(unknown.problem()).isEqualTo(Problem.DURABILITY_UNKNOWN);
                            assertThat(unknown).hasCause(failure);
                        });
                assertThat(commit.hasFailed()).isTrue();
                assertThatThrownBy(commit::requireNoFailedFsync).isInstanceOf(Durability.UnknownException.class);
                assertThatThrownBy(commit::syncAll).isInstanceOf(Durability.UnknownException.class);
            }
        }
    }
}
