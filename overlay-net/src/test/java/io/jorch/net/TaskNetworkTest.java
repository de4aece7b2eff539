package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.JorchException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TaskNetworkTest {
    @Test
    void networksWhoseSubnetsOverlapCanNotBeJoinedByOneTask() {
        JorchException failure = assertThrows(JorchException.class,
                () -> Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5), Fixture.userLeg("n2", 1, 6)));
        assertTrue(failure.getMessage().contains("10.0.1.0/24 and 10.0.1.0/24 overlap"), failure.getMessage());
    }

    @Test
    void addressOutsideItsSubnetIsRefused() {
        assertThrows(JorchException.class,
                () -> Fixture.leg("n1", false, false, "10.0.1.0/24", "10.0.1.1", "10.0.2.5"));
        assertThrows(JorchException.class,
                () -> Fixture.leg("n1", false, false, "10.0.1.0/24", "10.0.1.1", "10.0.1.1"));
    }

    @Test
    void idsThatAreNoFileNamesAreRefused() {
        assertThrows(JorchException.class, () -> Fixture.task("../task", 2));
        assertThrows(JorchException.class, () -> Fixture.userLeg("net/1", 1, 5));
    }

    @Test
    void nothingThatWouldAddALineToAFileIsTaken() {
        assertThrows(JorchException.class, () -> new NameSettings(List.of("1.1.1.1\nsearch x"), List.of(), List.of()));
        assertThrows(JorchException.class, () -> new TaskNetwork("task1", "a b", List.of(), NameSettings.NONE, List.of()));
        assertThrows(JorchException.class,
                () -> new TaskNetwork("task1", "a", List.of(), NameSettings.NONE, List.of("10.0.0.1 a\n10.0.0.2 b")));
    }

    @Test
    void taskIsConfinedWhenAllItsUserNetworksAreInternal() {
        assertTrue(Fixture.task("task1", 2, Fixture.internal(Fixture.userLeg("n1", 1, 5))).confined());
        assertFalse(Fixture.task("task1", 2).confined());
        assertFalse(Fixture.task("task1", 2, Fixture.internal(Fixture.userLeg("n1", 1, 5)), Fixture.userLeg("n2", 2, 5))
                .confined());
    }

    @Test
    void hostsNamesTheTaskByItsUserNetworks() {
        String hosts = EtcFiles.hosts(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5)));
        assertTrue(hosts.startsWith("127.0.0.1\tlocalhost\n"), hosts);
        assertTrue(hosts.endsWith("\n10.0.1.5\thost-task1\n"), hosts);
    }

    @Test
    void hostsResolvConfIsReadAsTheResolverDoes() {
        HostResolvConf conf = HostResolvConf.parse("""
                # comment
                domain old.example
                nameserver 192.0.2.53
                nameserver fe80::1
                search a.example b.example
                options edns0
                nameserver 192.0.2.54
                """);
        assertEquals("[192.0.2.53, 192.0.2.54]", conf.nameservers().toString());
        assertEquals(List.of("a.example", "b.example"), conf.search());
    }

    @Test
    void namesOfInterfacesFitAndCarryTheNode() {
        NodeNames names = new NodeNames("abc123");
        assertEquals("joabc123-0123ab", names.leg("0123abcdefghijklmnopqrstu"));
        assertEquals(15, names.leg("0123abcdefghijklmnopqrstu").length());
        assertThrows(JorchException.class, () -> new NodeNames("abc1234"));
        assertThrows(JorchException.class, () -> new NodeNames("ABC"));
    }
}
