package dev.tidemark.engine.load;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Runs the phases of one database on the worker's own documents, one operation after the other. The seed determines the
 * operations. The duration determines only how many of them run.
 */
final class LoadWorker {
    /** The expected state of a document. */
    private record Known(UUID id, long revision) {}

    private final Database database;
    private final LoadProfile profile;
    private final int number;
    private final SplittableRandom random;
    private final LoadText text;
    private final List<Known> documents = new ArrayList<>();
    private long created;

    LoadWorker(Database database, LoadProfile profile, int databaseNumber, int number) {
        this.database = database;
        this.profile = profile;
        this.number = number;
        this.random = new SplittableRandom(
                new SplittableRandom(profile.seed() + 1_000_003L * databaseNumber).nextLong() + 7_919L * number);
        this.text = new LoadText(random, profile.documentSize());
    }

    /** Creates the documents that exist when the test begins, in one transaction. */
    void prepare() {
        database.write(tx -> {
            for (int count = 0; count < profile.documents(); count++) {
                LoadDocument document = newDocument();
                tx.save(LoadDocument.TABLE, document);
                documents.add(new Known(document.id(), document.revision()));
            }
            return null;
        });
    }

    /** Runs one phase after the other, until the last phase ends or the test is stopped. */
    List<LoadRecorder> run(List<LoadPhase> phases, long start, BooleanSupplier stopped) {
        List<LoadRecorder> recorders = new ArrayList<>();
        long end = start;
        for (LoadPhase phase : phases) {
            LoadRecorder recorder = new LoadRecorder(start);
            recorders.add(recorder);
            // A phase with a duration ends for all workers at the same time.
            end = Math.max(end, phase.operations() > 0 ? System.nanoTime() : end)
                    + phase.duration().toNanos();
            run(phase, end, recorder, stopped);
        }
        return recorders;
    }

    private void run(LoadPhase phase, long end, LoadRecorder recorder, BooleanSupplier stopped) {
        long now = System.nanoTime();
        recorder.begin(now);
        for (long count = 0; !stopped.getAsBoolean(); count++) {
            boolean enough = phase.operations() > 0 && count >= phase.operations();
            boolean late = !phase.duration().isZero() && now - end >= 0;
            if (enough || late) {
                break;
            }
            LoadOperation wanted = phase.mix().at(random.nextInt(phase.mix().sum()));
            perform(documents.isEmpty() ? LoadOperation.CREATE : wanted, recorder);
            now = System.nanoTime();
        }
        recorder.end(System.nanoTime());
    }

    private void perform(LoadOperation operation, LoadRecorder recorder) {
        int index = documents.isEmpty() ? 0 : random.nextInt(documents.size());
        Runnable work = switch (operation) {
            case READ -> read(documents.get(index));
            case CREATE -> create(newDocument());
            case UPDATE -> update(index, text.of(bodyLength(), random));
            case DELETE -> delete(index);
        };
        long from = System.nanoTime();
        try {
            work.run();
            recorder.succeeded(operation, from, System.nanoTime());
        } catch (Durability.UnknownException e) {
            recorder.failed(operation, String.valueOf(e.getMessage()));
            // The transaction may have been committed, so the worker no longer knows the content of this document.
            if (operation == LoadOperation.UPDATE) {
                remove(index);
            }
        } catch (TidemarkException | UnexpectedDocumentException e) {
            recorder.failed(operation, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            recorder.failed(operation, e.toString());
        }
    }

    private Runnable read(Known known) {
        return () -> {
            List<LoadDocument> found = database.list(LoadDocument.byId(known.id()));
            if (found.size() != 1 || found.getFirst().revision() != known.revision()) {
                throw new UnexpectedDocumentException();
            }
        };
    }

    private Runnable create(LoadDocument document) {
        return () -> {
            database.write(tx -> tx.save(LoadDocument.TABLE, document));
            documents.add(new Known(document.id(), document.revision()));
        };
    }

    private Runnable update(int index, String body) {
        Known known = documents.get(index);
        Known changed = new Known(known.id(), known.revision() + 1);
        return () -> {
            requireOne(database.write(tx -> tx.execute(LoadDocument.UPDATE, body, changed.revision(), changed.id())));
            documents.set(index, changed);
        };
    }

    private Runnable delete(int index) {
        Known known = documents.get(index);
        return () -> {
            requireOne(database.write(tx -> tx.delete(LoadDocument.TABLE, known.id())) ? 1 : 0);
            remove(index);
        };
    }

    private void remove(int index) {
        Known last = documents.removeLast();
        if (index < documents.size()) {
            documents.set(index, last);
        }
    }

    private static void requireOne(int rows) {
        if (rows != 1) {
            throw new UnexpectedDocumentException();
        }
    }

    /**
     * The ids rise with the number of the document, so documents that workers create at the same time are close
     * together.
     */
    private LoadDocument newDocument() {
        created++;
        UUID id = new UUID((created << 16) | 0x7000L | (number & 0xfff), Long.MIN_VALUE | (random.nextLong() >>> 2));
        String title = "Document " + created;
        return new LoadDocument(id, title, text.of(profile.documentSize() - title.length(), random), 1);
    }

    /** Returns the length of the new body in an update, which leaves the title unchanged. */
    private int bodyLength() {
        return profile.documentSize() - "Document 1".length();
    }

    /** Thrown if a document is not as the worker last wrote it, so the store has lost or mixed up data. */
    private static final class UnexpectedDocumentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedDocumentException() {
            super("A document was not as it had been written.");
        }
    }
}
