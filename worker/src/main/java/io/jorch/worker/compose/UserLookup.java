package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.List;

/// Finds who `user[:group]` is in an image. Docker's rules (moby/sys `user`, GetExecUser): a number is an id, whether
/// the image knows it or not; a name must be in the image; supplementary groups are those that list the user, unless
/// the group was named too.
final class UserLookup {
    private static final String USER = "TaskTemplate.ContainerSpec.User";
    private static final String GROUPS = "TaskTemplate.ContainerSpec.Groups";
    private static final int LONGEST_FILE = 1 << 20;

    private UserLookup() {
    }

    /// @param wanted the spec's user, else the image's; empty: root
    /// @param extraGroups names or numbers
    static UserIds find(String wanted, List<String> extraGroups, ImageFiles files) {
        Accounts accounts = Accounts.parse(files.read("/etc/passwd", LONGEST_FILE).orElse(""),
                files.read("/etc/group", LONGEST_FILE).orElse(""));
        return find(wanted, extraGroups, accounts);
    }

    static UserIds find(String wanted, List<String> extraGroups, Accounts accounts) {
        int colon = wanted.indexOf(':');
        String userPart = colon < 0 ? wanted : wanted.substring(0, colon);
        String groupPart = colon < 0 ? "" : wanted.substring(colon + 1);
        Accounts.User user = user(userPart.isEmpty() ? "0" : userPart, accounts);
        List<Integer> groups = new ArrayList<>();
        int gid = user.gid();
        if (groupPart.isEmpty()) {
            accounts.groups().stream().filter(group -> !user.name().isEmpty() && group.members().contains(user.name()))
                    .map(Accounts.Group::gid).distinct().forEach(groups::add);
        } else {
            gid = group(USER, groupPart, accounts);
        }
        for (String extra : extraGroups) {
            int id = group(GROUPS, extra, accounts);
            if (!groups.contains(id)) {
                groups.add(id);
            }
        }
        return new UserIds(user.uid(), gid, groups, user.home());
    }

    /// @return with an empty name when the image doesn't know the number
    private static Accounts.User user(String wanted, Accounts accounts) {
        if (isNumber(wanted)) {
            int uid = checked(USER, wanted);
            String home = uid == 0 ? UserIds.ROOT.home() : "/";
            return accounts.user(user -> user.uid() == uid).orElseGet(() -> new Accounts.User("", uid, 0, home));
        }
        return accounts.user(user -> user.name().equals(wanted)).orElseThrow(() -> JorchException.invalid(USER,
                "the image has no user '" + wanted + "' in its /etc/passwd: use a number, or a name that it has"));
    }

    private static int group(String field, String wanted, Accounts accounts) {
        if (isNumber(wanted)) {
            return checked(field, wanted);
        }
        return accounts.group(group -> group.name().equals(wanted)).orElseThrow(() -> JorchException.invalid(field,
                "the image has no group '" + wanted + "' in its /etc/group: use a number, or a name that it has")).gid();
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+");
    }

    private static int checked(String field, String number) {
        return Accounts.id(number).orElseThrow(
                () -> JorchException.invalid(field, number + " is not one of a task's ids, 0 to 65535"));
    }
}
