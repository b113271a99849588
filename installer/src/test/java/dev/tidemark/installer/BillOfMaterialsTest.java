package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class BillOfMaterialsTest {
    private static final String MAVENS = """
        {"specVersion" : "1.6", "version" : 1,
         "metadata" : {"component" : {
           "bom-ref" : "pkg:maven/dev.tidemark/tidemark-installer@0.1.0-SNAPSHOT?type=jar",
           "group" : "dev.tidemark", "name" : "tidemark-installer", "version" : "0.1.0-SNAPSHOT"}},
         "components" : [
           {"group" : "dev.tidemark", "name" : "tidemark-app", "version" : "0.1.0-SNAPSHOT", "modified" : false,
            "purl" : "pkg:maven/dev.tidemark/tidemark-app@0.1.0-SNAPSHOT?type=jar"},
           {"group" : "org.example", "name" : "other", "version" : "0.1.0-SNAPSHOT",
            "purl" : "pkg:maven/org.example/other@0.1.0-SNAPSHOT?type=jar"}],
         "dependencies" : [
           {"ref" : "pkg:maven/dev.tidemark/tidemark-app@0.1.0-SNAPSHOT?type=jar",
            "dependsOn" : ["pkg:maven/dev.tidemark/tidemark-engine@0.1.0-SNAPSHOT?type=jar",
                           "pkg:maven/org.example/other@0.1.0-SNAPSHOT?type=jar"]}]}
        """;

    @TempDir
    private Path folder;

    @Test
    void ourModulesHaveTheNumberOfTheReleaseAndNothingElseChanges() throws IOException {
        Path bill = Files.writeString(folder.resolve("tidemark.cdx.json"), MAVENS);
        BillOfMaterials.release(bill, new Version("1.2.0"));
        String expected = MAVENS.replaceAll("(dev.tidemark/tidemark-[a-z]+@)0.1.0-SNAPSHOT", "$11.2.0")
                .replaceAll(
                        "(\"group\" : \"dev.tidemark\", \"name\" : \"[a-z-]+\", \"version\" : )\"0.1.0-SNAPSHOT\"",
                        "$1\"1.2.0\"");
        assertThat(JSON.std.mapFrom(Files.readString(bill))).isEqualTo(JSON.std.mapFrom(expected));
        assertThat(expected.split("1\\.2\\.0", -1)).hasSize(7);
    }
}
