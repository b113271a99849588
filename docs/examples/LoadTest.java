import dev.tidemark.engine.load.LoadMix;
import dev.tidemark.engine.load.LoadPhase;
import dev.tidemark.engine.load.LoadProfile;
import dev.tidemark.engine.load.LoadReport;
import dev.tidemark.engine.load.LoadRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A load test of one database with two workers: java -cp … LoadTest.java */
public final class LoadTest {
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LoadMix mix = LoadMix.parse("read=70,create=20,update=10");
        LoadProfile profile =
                LoadProfile.of(1, List.of(LoadPhase.counting(50, mix))).withWorkers(2);
        try (LoadRun run = LoadRun.prepare(profile, Files.createTempDirectory("load"))) {
            LoadReport report = run.run();
            System.out.println(
                    report.all().count() + " operations, " + report.failures().size() + " kinds of failure");
        }
    }
}
