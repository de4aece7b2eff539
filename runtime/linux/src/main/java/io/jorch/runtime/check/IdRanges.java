package io.jorch.runtime.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The user and group ids that somebody on this machine owns, so that the cluster's pool gives no service a range that
/// contains one. Users below 65,536 are left out, since the pool starts above.
public final class IdRanges {
    private static final long POOL_START = 65_536;
    /// `nobody` of some systems, and the "no change" value of chown(2): not ids that anybody owns.
    private static final long HIGHEST = 0xfffffffdL;

    /// @param first its first id
    /// @param count how many
    /// @param owner the name in the file, with the file
    public record Range(long first, long count, String owner) {
    }

    private IdRanges() {
    }

    /// Read from /etc/subuid, /etc/subgid, /etc/passwd and /etc/group; a file that is not there owns nothing.
    public static List<Range> ofHost() {
        List<Range> ranges = new ArrayList<>();
        ranges.addAll(subordinate("subuid", read("subuid")));
        ranges.addAll(subordinate("subgid", read("subgid")));
        ranges.addAll(accounts("passwd", read("passwd")));
        ranges.addAll(accounts("group", read("group")));
        return ranges;
    }

    /// `name:first:count` lines of subuid(5).
    static List<Range> subordinate(String file, String content) {
        List<Range> ranges = new ArrayList<>();
        for (String line : content.split("\n")) {
            String[] fields = line.strip().split(":");
            if (fields.length == 3 && number(fields[1]) && number(fields[2])) {
                add(ranges, Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[0] + " in " + file);
            }
        }
        return ranges;
    }

    /// `name:password:id:…` lines of passwd(5) and group(5).
    static List<Range> accounts(String file, String content) {
        List<Range> ranges = new ArrayList<>();
        for (String line : content.split("\n")) {
            String[] fields = line.strip().split(":");
            if (fields.length >= 3 && number(fields[2])) {
                add(ranges, Long.parseLong(fields[2]), 1, fields[0] + " in " + file);
            }
        }
        return ranges;
    }

    private static void add(List<Range> ranges, long first, long count, String owner) {
        if (count > 0 && first + count > POOL_START && first <= HIGHEST) {
            ranges.add(new Range(first, count, owner));
        }
    }

    /// Up to ten digits: no id has more, and none overflows.
    private static boolean number(String field) {
        return field.matches("\\d{1,10}");
    }

    static Finding finding(List<Range> ranges) {
        if (ranges.isEmpty()) {
            return Finding.ok("id-ranges", "none in use from " + POOL_START + " on");
        }
        List<String> texts = ranges.stream()
                .map(range -> range.first() + "+" + range.count() + " (" + range.owner() + ")").toList();
        return Finding.ok("id-ranges", "left to others: " + String.join(", ", texts));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("/etc", file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException("/etc/" + file + " can't be read, so nobody knows whose ids are free",
                    failure);
        }
    }
}
