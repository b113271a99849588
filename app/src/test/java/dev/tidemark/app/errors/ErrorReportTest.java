package dev.tidemark.app.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures are reported to users once, with a message, a stable code and advice. */
class ErrorReportTest {
    private static ErrorReport notOpened(Problem why) {
        return ErrorReport.of(new Database.OpenException(Problem.DATABASE_NOT_OPENED, "/data/tidemark.db", why));
    }

    @Test
    void aKnownFailureHasItsSentenceItsCodeAndWhatToDo() {
        ErrorReport full = notOpened(Problem.DISK_FULL);
        assertThat(full.code()).isEqualTo("database.not-opened/disk.full");
        assertThat(full.sentence()).isEqualTo("The database /data/tidemark.db cannot be opened. The disk is full.");
        assertThat(full.advice()).isEqualTo(Messages.text(Keys.TROUBLE_FULL));
        assertThat(notOpened(Problem.FILE_CORRUPT).advice()).isEqualTo(Messages.text(Keys.TROUBLE_DAMAGED));
        assertThat(notOpened(Problem.FILE_NOT_SQLITE).advice()).isEqualTo(Messages.text(Keys.TROUBLE_DAMAGED));
        assertThat(notOpened(Problem.FILE_HELD).advice()).isEqualTo(Messages.text(Keys.TROUBLE_HELD));
        assertThat(ErrorReport.of(new Database.OpenException(Problem.DATABASE_READ_ONLY, "/x"))
                        .advice())
                .isEqualTo(Messages.text(Keys.TROUBLE_PERMISSION));
        assertThat(ErrorReport.of(new Database.OpenException(Problem.DATABASE_NEWER, "/x"))
                        .advice())
                .isEqualTo(Messages.text(Keys.TROUBLE_NEWER));
        ErrorReport settings = ErrorReport.of(new ProblemException("settings.unreadable", "/x"));
        assertThat(settings.code()).isEqualTo("settings.unreadable");
        assertThat(settings.advice()).isEqualTo(Messages.text(Keys.TROUBLE_SETTINGS));
    }

    @Test
    void aProblemWhoseSentenceSaysWhatToDoHasNoOtherAdvice() {
        for (String code : List.of("profile.databaseLost", "window.unsaved", "window.lost")) {
            ErrorReport trouble = ErrorReport.of(new ProblemException(code, "/data/file", "tidemark.db.blobs"));
            assertThat(trouble.code()).isEqualTo(code);
            assertThat(trouble.sentence()).contains("/data/file");
            assertThat(trouble.advice()).isEmpty();
        }
        assertThat(Messages.text(Keys.TROUBLE_DAMAGED))
                .as("a database that is moved away is missed at the next start")
                .doesNotContain("move the file away");
    }

    @Test
    void anUnexpectedFailureHasAStableCodeThatSaysNothingOfWhatWasWritten() {
        List<String> codes = new ArrayList<>();
        for (String title : List.of("Call Ada", "Buy milk")) {
            codes.add(ErrorReport.of(unexpected(title)).code());
        }
        assertThat(codes.getFirst()).matches("E-[0-9A-F]{6}").isEqualTo(codes.getLast());
        assertThat(codes.getFirst())
                .isNotEqualTo(
                        ErrorReport.of(new IllegalStateException("elsewhere")).code());
        assertThat(ErrorReport.of(unexpected("Call Ada")).sentence()).doesNotContain("Ada");
    }

    private static RuntimeException unexpected(String title) {
        return new IllegalArgumentException(title);
    }

    @Test
    void onlyFatalErrorsCloseTheLibrary() {
        assertThat(ErrorReport.isFatal(new TransactionException(Problem.TRANSACTION_SCHEMA_NEWER)))
                .isTrue();
        assertThat(ErrorReport.isFatal(new TransactionException(Problem.TRANSACTION_NOT_SAVED, Problem.FILE_CORRUPT)))
                .isTrue();
        assertThat(ErrorReport.isFatal(new TransactionException(Problem.TRANSACTION_NOT_SAVED, Problem.DISK_FULL)))
                .isFalse();
        assertThat(ErrorReport.isFatal(new ProblemException("list.gone"))).isFalse();
    }

    @ExpectLog("Uncaught exception on the thread")
    @Test
    void anUncaughtErrorIsShownOnceHoweverOftenItRepeats() {
        UncaughtErrors errors = new UncaughtErrors();
        errors.uncaughtException(Thread.currentThread(), unexpected("before anybody listened"));
        List<ErrorReport> shown = new ArrayList<>();
        errors.setListener(shown::add);
        assertThat(shown).hasSize(1);
        for (int time = 0; time < 1000; time++) {
            errors.uncaughtException(Thread.currentThread(), new IllegalStateException("storm " + time));
        }
        assertThat(shown).hasSize(2);
        errors.removeListener();
        errors.uncaughtException(Thread.currentThread(), new UnsupportedOperationException("nobody looks"));
        assertThat(shown).hasSize(2);
        errors.setListener(shown::add);
        assertThat(shown).hasSize(3);
    }
}
