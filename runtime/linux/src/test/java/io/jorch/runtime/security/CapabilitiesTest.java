package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CapabilitiesTest {
    private static final long DOCKER_DEFAULT = 0xa80425fbL;
    private static final long PODMAN_DEFAULT = 0x800405fbL;

    @Test
    void bitsAreTheKernels() {
        assertEquals(0, Capability.CHOWN.bit());
        assertEquals(10, Capability.NET_BIND_SERVICE.bit());
        assertEquals(21, Capability.SYS_ADMIN.bit());
        assertEquals(31, Capability.SETFCAP.bit());
        assertEquals(40, Capability.CHECKPOINT_RESTORE.bit());
        assertEquals(0x1ffffffffffL, Capabilities.ALL.mask());
    }

    @Test
    void theDefaultSetIsStrictlyLessThanDockersAndPodmans() {
        long ours = Capabilities.DEFAULT.mask();
        assertEquals(0x5fbL, ours);
        assertEquals(0, ours & ~DOCKER_DEFAULT);
        assertEquals(0, ours & ~PODMAN_DEFAULT);
        assertTrue(Long.bitCount(ours) < Long.bitCount(PODMAN_DEFAULT));
    }

    @Test
    void addAndDropMeanWhatTheyMeanToDocker() {
        assertEquals(Capabilities.DEFAULT, Capabilities.defaultsWith(List.of(), List.of()));
        assertEquals(Capabilities.DEFAULT.mask() | Capability.NET_RAW.mask(),
                Capabilities.defaultsWith(List.of("net_raw"), List.of()).mask());
        assertFalse(Capabilities.defaultsWith(List.of(), List.of("CAP_KILL")).contains(Capability.KILL));
        assertEquals(Capabilities.of(Capability.CHOWN),
                Capabilities.defaultsWith(List.of("CHOWN"), List.of("all")));
        assertEquals(Capabilities.NONE, Capabilities.defaultsWith(List.of(), List.of("ALL")));
        assertEquals(Capabilities.ALL.minus(Capabilities.of(Capability.SYS_MODULE)),
                Capabilities.defaultsWith(List.of("ALL"), List.of("CAP_SYS_MODULE")));
        assertTrue(Capabilities.defaultsWith(List.of("KILL"), List.of("KILL")).contains(Capability.KILL));
    }

    @Test
    void whatCanNotBeMeantIsRefusedByField() {
        JorchException unknown = assertThrows(JorchException.class,
                () -> Capabilities.defaultsWith(List.of(), List.of("CAP_FLY")));
        assertEquals(ErrorCode.INVALID, unknown.code());
        assertEquals("CapabilityDrop", unknown.field());
        JorchException both = assertThrows(JorchException.class,
                () -> Capabilities.defaultsWith(List.of("ALL"), List.of("ALL")));
        assertEquals("CapabilityAdd", both.field());
    }

    @Test
    void namesAreThoseOfTheApi() {
        assertEquals("CAP_CHOWN,CAP_NET_RAW",
                Capabilities.of(Capability.NET_RAW, Capability.CHOWN).toString());
    }
}
