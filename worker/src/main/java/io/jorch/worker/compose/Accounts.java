package io.jorch.worker.compose;

import io.jorch.api.object.IdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An image's /etc/passwd and /etc/group. Both are the image's author's: a line that isn't exactly as passwd(5) or
/// group(5) says is passed over, never read as root (whose id a lenient number parser would answer).
///
/// @param users in file order
/// @param groups in file order
record Accounts(List<User> users, List<Group> groups) {
    record User(String name, int uid, int gid, String home) {
    }

    record Group(String name, int gid, List<String> members) {
    }

    static Accounts parse(String passwd, String group) {
        List<User> users = new ArrayList<>();
        for (String line : passwd.split("\n", -1)) {
            String[] fields = line.split(":", -1);
            Optional<Integer> uid = fields.length == 7 ? id(fields[2]) : Optional.empty();
            Optional<Integer> gid = fields.length == 7 ? id(fields[3]) : Optional.empty();
            if (uid.isPresent() && gid.isPresent() && !fields[0].isEmpty()) {
                users.add(new User(fields[0], uid.get(), gid.get(), home(fields[5])));
            }
        }
        List<Group> groups = new ArrayList<>();
        for (String line : group.split("\n", -1)) {
            String[] fields = line.split(":", -1);
            Optional<Integer> gid = fields.length == 4 ? id(fields[2]) : Optional.empty();
            if (gid.isPresent() && !fields[0].isEmpty()) {
                groups.add(new Group(fields[0], gid.get(), List.of(fields[3].strip().split(","))));
            }
        }
        return new Accounts(List.copyOf(users), List.copyOf(groups));
    }

    /// The first one wins, as in getpwnam(3).
    Optional<User> user(Predicate<User> wanted) {
        return users.stream().filter(wanted).findFirst();
    }

    Optional<Group> group(Predicate<Group> wanted) {
        return groups.stream().filter(wanted).findFirst();
    }

    /// An id that the container's user namespace has.
    static Optional<Integer> id(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int id = Integer.parseInt(text);
        return id < IdRange.SERVICE_SIZE ? Optional.of(id) : Optional.empty();
    }

    private static String home(String field) {
        return field.startsWith("/") && field.chars().noneMatch(Character::isISOControl) ? field : "/";
    }
}
