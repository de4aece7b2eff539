package io.jorch.net;

import io.jorch.api.error.JorchException;
import io.jorch.net.address.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a resolv.conf(5) that matter to us.
///
/// @param nameservers IPv4 only, in order
/// @param search the last `search` or `domain` line's
public record HostResolvConf(List<Ipv4> nameservers, List<String> search) {
    private static final Logger LOG = LoggerFactory.getLogger(HostResolvConf.class);

    public HostResolvConf {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
    }

    /// An absent file is as an empty one: no outside names, no search domains.
    public static HostResolvConf read(Path file) {
        try {
            return parse(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException failure) {
            LOG.warn("resolv.conf unreadable file={} error=\"{}\"", file, JorchException.describe(failure));
            return parse("");
        }
    }

    static HostResolvConf parse(String text) {
        List<Ipv4> nameservers = new ArrayList<>();
        List<String> search = List.of();
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            switch (words.getFirst()) {
                case "nameserver" -> words.stream().skip(1).limit(1)
                        .forEach(word -> Ipv4.read(word).ifPresent(nameservers::add));
                case "search", "domain" -> search = words.subList(1, words.size());
                default -> {
                    // options are for the host's own resolver, the rest is comment
                }
            }
        }
        return new HostResolvConf(nameservers, search);
    }
}
