package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import java.util.ArrayList;
import java.util.List;

/** Splits runs of changes into segments of a few MiB. Each segment has the chain hash of the changes before it. */
final class SegmentSplitter {
    /**
     * The maximal number of bytes of a segment's values before compression. A reader holds them in memory for each
     * replica.
     */
    private static final long MAX_RAW_BYTES = 12L << 20;

    /** The maximal number of bytes of a file. A single change that is larger gets a file of its own. */
    private static final long MAX_FILE_BYTES = 8L << 20;

    private final SegmentEncoder encoder;
    private final List<SegmentEncoder.Encoded> segments = new ArrayList<>();

    SegmentSplitter(SegmentEncoder encoder) {
        this.encoder = encoder;
    }

    List<SegmentEncoder.Encoded> segments() {
        return segments;
    }

    /** @param before the chain hash before this run */
    void add(List<Change> run, ChainHash before) {
        ChainHash last = before;
        int start = 0;
        long bytes = 0;
        for (int end = 0; end < run.size(); end++) {
            long size = ChangeSize.of(run.get(end));
            if (end > start && bytes + size > MAX_RAW_BYTES) {
                last = addWhole(run.subList(start, end), last);
                start = end;
                bytes = 0;
            }
            bytes += size;
        }
        addWhole(run.subList(start, run.size()), last);
    }

    /**
     * Encodes a run as one segment, or as several if its values do not compress well. Returns the chain hash after the
     * run.
     */
    private ChainHash addWhole(List<Change> run, ChainHash before) {
        SegmentEncoder.Encoded segment = encoder.encode(run, before);
        if (segment.content().length > MAX_FILE_BYTES && run.size() > 1) {
            int half = run.size() / 2;
            return addWhole(run.subList(half, run.size()), addWhole(run.subList(0, half), before));
        }
        segments.add(segment);
        return segment.name().chain();
    }
}
