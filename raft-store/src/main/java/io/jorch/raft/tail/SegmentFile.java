package io.jorch.raft.tail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file of the log, as its name tells.
///
/// @param first index of its first record
/// @param last  index of its last record; empty while the file is open
record SegmentFile(Path path, long first, OptionalLong last) {

    static final byte[] HEADER = {'R', 'a', 'f', 't', 'L', 'o', 'g', '1'};
    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");

    boolean open() {
        return last.isEmpty();
    }

    static String openName(long first) {
        return "log_inprogress_" + first;
    }

    /// In the order of the log.
    static List<SegmentFile> list(Path current) throws IOException {
        List<SegmentFile> files = new ArrayList<>();
        if (!Files.isDirectory(current)) {
            return files;
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(current, "log_*")) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                Matcher closed = CLOSED.matcher(name);
                Matcher open = OPEN.matcher(name);
                if (closed.matches()) {
                    files.add(new SegmentFile(path, Long.parseLong(closed.group(1)),
                            OptionalLong.of(Long.parseLong(closed.group(2)))));
                } else if (open.matches()) {
                    files.add(new SegmentFile(path, Long.parseLong(open.group(1)), OptionalLong.empty()));
                }
            }
        }
        files.sort(Comparator.comparingLong(SegmentFile::first).thenComparing(SegmentFile::open));
        return files;
    }
}
