package io.jorch.cli.daemon;

import io.jorch.api.docker.SwarmInitRequest;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.spec.SwarmSpec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `init` chooses when the user doesn't.
final class InitDefaults {
    private static final int SECRET_BYTES = 16;
    private static final int PREFIX_BITS = 16;

    private InitDefaults() {
    }

    static SwarmSpec spec(SwarmInitRequest request) {
        SwarmSpec wanted = request.spec();
        if (wanted == null) {
            return new SwarmSpec("default", Map.of(), null, null, null, null, null, null);
        }
        return new SwarmSpec("default", wanted.labels(), wanted.orchestration(), wanted.raft(), wanted.dispatcher(),
                wanted.caConfig(), wanted.encryptionConfig(), wanted.taskDefaults());
    }

    /// A secret of 128 bits. It can't admit anybody yet: this build has no join.
    static String token() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "SWMTKN-1-" + "0".repeat(50) + "-" + new BigInteger(1, secret).toString(36);
    }

    /// `10.0.0.0/16` onwards, less what the machine routes already: another cluster's ingress, or a VPN. The first is
    /// ingress, which is routed in the host's namespace; user networks may overlap with anything.
    static List<String> freePools() {
        List<long[]> routed = routes();
        List<String> pools = new ArrayList<>();
        for (int second = 0; second < 256 && pools.size() < 16; second++) {
            long first = (10L << 24) | ((long) second << 16);
            long last = first + (1L << PREFIX_BITS) - 1;
            if (routed.stream().noneMatch(route -> route[0] <= last && first <= route[1])) {
                pools.add("10." + second + ".0.0/" + PREFIX_BITS);
            }
        }
        if (pools.size() < 2) {
            throw new JorchException(ErrorCode.EXHAUSTED,
                    "all of 10.0.0.0/8 is routed on this machine: name free ranges with --default-addr-pool");
        }
        return pools;
    }

    /// First and last address of each route of /proc/net/route but the default one; numbers there are little endian hex.
    private static List<long[]> routes() {
        try (java.io.InputStream in = Files.newInputStream(Path.of("/proc/net/route"))) {
            List<long[]> routes = new ArrayList<>();
            String[] lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n");
            for (int i = 1; i < lines.length; i++) {
                String[] fields = lines[i].strip().split("\\s+");
                long destination = swapped(fields[1]);
                long mask = swapped(fields[7]);
                if (mask != 0) {
                    routes.add(new long[]{destination, destination | (~mask & 0xffff_ffffL)});
                }
            }
            return routes;
        } catch (IOException absent) {
            throw new JorchException(ErrorCode.UNSUPPORTED, "can't read /proc/net/route", absent);
        }
    }

    private static long swapped(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) Long.parseLong(hex, 16)));
    }
}
