package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No device writes a change that other devices reject. */
class LargeChangeTest extends RemoteLibraryFixture {
    @Test
    void aValueThatNoDeviceWouldReadIsNotSaved() {
        Database ann = device("ann");
        byte[] value = new byte[(64 << 20) + 1];
        assertThatThrownBy(() ->
                        ann.write(tx -> tx.execute("INSERT INTO todo(id, note) VALUES (?, ?)", Ids.next(), value)))
                .isInstanceOfSatisfying(
                        TransactionException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.TRANSACTION_CHANGE_TOO_LARGE));
        assertThat(ann.list(Query.of("SELECT count(*) AS rows FROM todo").map(row -> row.integer("rows"))))
                .containsExactly(0L);
    }

    /** Two devices with little memory: what one of them saves, neither reads from a storage. */
    public static void main(String[] arguments) {
        LargeChangeTest devices = new LargeChangeTest();
        devices.folder = Path.of(arguments[0]);
        Database ann = devices.device("ann");
        Database bob = devices.device("bob");
        add(ann, "x".repeat(5 << 20));
        devices.sync(ann);
        List<String> first = devices.segments();
        long pushed = 0;
        for (int syncs = 0; syncs < 3; syncs++) {
            System.out.println("Bob: " + devices.sync(bob).quarantined());
            pushed += devices.sync(ann).pushed();
        }
        System.out.println(
                "Ann pushed " + pushed + ", same files: " + devices.segments().equals(first));
        devices.closeAll();
    }

    @Proof
    @Test
    void aDeviceWithTooLittleMemoryForAChangeNamesItAndNobodyPutsItAgain() throws Exception {
        Path output = folder.resolve("output.txt");
        Process devices = ChildProcess.of(LargeChangeTest.class, List.of("-Xmx128m"), folder)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(devices.waitFor()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output))
                .contains("reason=FILE_NO_MEMORY")
                .contains("Ann pushed 0, same files: true");
    }
}
