package dev.tidemark.app.detail;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * Lists the hidden data, which no view shows. Immutable.
 *
 * @param entries the entries that the user can decide about, ordered by title
 * @param waiting the number of rows with fields that this version of the app does not know
 * @param names the device names by replica id
 */
public record HiddenEntryList(List<HiddenEntry> entries, long waiting, Map<ReplicaId, String> names) {
    static final HiddenEntryList NONE = new HiddenEntryList(List.of(), 0, Map.of());

    /** The number of entries on the conflicts page. All waiting rows together are one entry. */
    public int number() {
        return entries.size() + (waiting > 0 ? 1 : 0);
    }

    /** Returns a sentence that tells why the entry is not shown. */
    String reason(HiddenEntry entry, ZonedDateTime now) {
        HiddenData first = entry.first();
        HiddenData.Author deleted = first.blockerDeleted();
        String changedOn = device(first.changed());
        String changedAt = time(first.changed(), now);
        return switch (entry.reason()) {
            case PARENT ->
                deleted == null
                        ? Messages.text(Keys.HIDDEN_ORPHAN, changedOn)
                        : Messages.text(Keys.HIDDEN_PARENT, device(deleted), time(deleted, now), changedOn);
            case TOMBSTONE_COLLECTED -> Messages.text(Keys.HIDDEN_COLLECTED, changedOn, changedAt);
            case UNIQUE_CONFLICT -> Messages.text(Keys.HIDDEN_UNIQUE, changedOn, changedAt);
            case INCOMPLETE -> Messages.text(Keys.HIDDEN_INCOMPLETE, changedOn, changedAt);
            case REFUSED -> Messages.text(Keys.HIDDEN_REFUSED, changedOn, changedAt);
        };
    }

    private String device(HiddenData.Author author) {
        return ItemDetails.deviceName(names, author.replica());
    }

    private static String time(HiddenData.Author author, ZonedDateTime now) {
        return RelativeTimeFormat.of(Instant.ofEpochMilli(author.wallMillis()), now.toInstant(), now.getZone());
    }
}
