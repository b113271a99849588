package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Equal subscriptions share runs and rows, and commits to other tables cause no runs. */
@Timeout(120)
class ManySubscriptionsTest extends HubFixture {
    private record Title(String title) {}

    @Test
    void sameQueryIsRunOnceForAllWhateverItsRowsBecome() throws Exception {
        Query<Row> rows = Query.of("SELECT * FROM item WHERE title <> ?", (Object) new byte[] {1});
        List<Recorder<?>> recorders = new ArrayList<>();
        for (int index = 0; index < 10; index++) {
            recorders.add(subscribe(Query.of("SELECT * FROM item WHERE title <> ?", (Object) new byte[] {1})));
        }
        Recorder<Item> items = subscribe(rows.as(Item.class));
        Recorder<Title> titles = subscribe(rows.as(Title.class));
        recorders.add(items);
        recorders.add(titles);
        assertThat(hub.queries()).isEqualTo(1);
        for (Recorder<?> recorder : recorders) {
            recorder.next();
        }
        for (int n = 1; n <= 5; n++) {
            long before = hub.runs();
            commit("item", "INSERT INTO item VALUES (" + n + ", 'x" + n + "', 1)");
            assertThat(items.next().rows()).contains(new Item(n, "x" + n, 1)).hasSize(n);
            assertThat(titles.next().rows()).contains(new Title("x" + n)).hasSize(n);
            for (Recorder<?> recorder : recorders.subList(0, 10)) {
                assertThat(recorder.next().rows()).hasSize(n);
            }
            assertThat(hub.runs()).isEqualTo(before + 1);
        }
    }

    @Test
    void otherParametersAndNamedTablesAreOtherQueries() throws Exception {
        subscribe(Query.of("SELECT * FROM item WHERE id = ?", 1)).next();
        subscribe(Query.of("SELECT * FROM item WHERE id = ?", 2)).next();
        subscribe(Query.of("SELECT * FROM item WHERE id = ?", "1")).next();
        subscribe(Query.of("SELECT * FROM item WHERE id = ?", 1).alsoReading("other"))
                .next();
        assertThat(hub.queries()).isEqualTo(4);
    }

    @Test
    void thoseThatReadTheSameRowsShareTheRowsThemselves() throws Exception {
        commit("item", "INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2)");
        Query<Row> query = Query.of("SELECT * FROM item");
        Recorder<Row> one = subscribe(query);
        List<Row> first = one.next().rows();
        Recorder<Row> another = subscribe(query);
        assertThat(another.next().rows().getFirst()).isSameAs(first.getFirst());
        commit("item", "UPDATE item SET title = 'c' WHERE id = 2");
        Query.Result<Row> changed = one.next();
        assertThat(changed.rows().getFirst()).isSameAs(first.getFirst());
        assertThat(another.next().rows().get(1)).isSameAs(changed.rows().get(1));
    }

    @Test
    void aThousandCanBeOpenAndEachIsRunOnceForACommit() throws Exception {
        List<Recorder<Item>> recorders = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            recorders.add(subscribe(Query.of("SELECT id, title, n FROM item WHERE id >= ?", index)
                    .as(Item.class)));
        }
        for (Recorder<Item> recorder : recorders) {
            assertThat(recorder.next().rows()).isEmpty();
        }
        long runs = hub.runs();
        long start = System.nanoTime();
        commit("item", "INSERT INTO item VALUES (1000, 'x', 1)");
        for (Recorder<Item> recorder : recorders) {
            assertThat(recorder.next().rows()).hasSize(1);
        }
        System.out.println("ManySubscriptionsTest: a commit reached 1000 subscriptions in "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(hub.runs()).isEqualTo(runs + 1_000);
    }

    @Test
    void aThousandOnOtherTablesAreNotRunByACommit() throws Exception {
        for (int index = 0; index < 1_000; index++) {
            subscribe(Query.of("SELECT id, title, n FROM item WHERE id >= ?", index))
                    .next();
        }
        Recorder<Row> concerned = subscribe(Query.of("SELECT x FROM other"));
        concerned.next();
        long runs = hub.runs();
        for (int commit = 1; commit <= 20; commit++) {
            commit("other", "INSERT INTO other VALUES (1)");
            assertThat(concerned.next().rows()).hasSize(commit);
        }
        assertThat(hub.runs()).isEqualTo(runs + 20);
    }
}
