package io.jorch.net.dns;

import io.jorch.net.address.Ipv4;
import io.jorch.net.dns.NameTable.Entry;
import io.jorch.net.dns.NameTable.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Everything that answers follow from: who may ask, and the names. An immutable snapshot.
///
/// @param askers by address on the ingress network
record Answering(Map<Ipv4, Asker> askers, NameTable table) {
    private static final String REVERSE = ".in-addr.arpa";

    /// What becomes of a query.
    sealed interface Decision {
        /// A reply of our own.
        ///
        /// @param message to be sent back, by UDP as far as it fits
        @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket, never compared
        record Answer(byte[] message) implements Decision {
        }

        /// Not ours: to be asked outside.
        record Outside(Asker asker) implements Decision {
        }

        /// No answer at all: it is no task of this node.
        record Silence() implements Decision {
        }
    }

    /// @param order how several addresses are ordered; clients mostly take the first, so it shuffles
    Decision decide(Ipv4 source, Query query, UnaryOperator<List<Ipv4>> order) {
        Asker asker = askers.get(source);
        if (asker == null) {
            return new Decision.Silence();
        }
        if (query.opcode() != 0) {
            return refuse(query, ResponseCode.NOTIMP);
        }
        if (query.name().endsWith(REVERSE)) {
            Optional<Ipv4> address = reversed(query.name());
            if (address.isPresent() && ofNetworks(asker).stream().anyMatch(names -> names.subnet().contains(address.get()))) {
                return reverse(query, asker, address.get());
            }
            return outside(query, asker);
        }
        for (Names names : ofNetworks(asker)) {
            Entry entry = names.entries().get(query.name());
            if (entry != null) {
                return answer(query, entry, order);
            }
        }
        return onlyInside(query.name()) ? refuse(query, ResponseCode.NXDOMAIN) : outside(query, asker);
    }

    private List<Names> ofNetworks(Asker asker) {
        List<Names> found = new ArrayList<>();
        asker.networks().forEach(id -> table.network(id).ifPresent(found::add));
        return found;
    }

    /// Of other types there is nothing, which is not the same as no such name: clients ask for AAAA beside A.
    private static Decision answer(Query query, Entry entry, UnaryOperator<List<Ipv4>> order) {
        boolean addresses = query.type() == RecordType.A || query.type() == RecordType.ANY;
        List<byte[]> data = addresses ? order.apply(entry.addresses()).stream().map(Ipv4::bytes).toList() : List.of();
        return new Decision.Answer(Reply.answer(query, RecordType.A, entry.seconds(), data));
    }

    private Decision reverse(Query query, Asker asker, Ipv4 address) {
        for (Names names : ofNetworks(asker)) {
            String name = names.reverse().get(address);
            if (name != null) {
                boolean pointer = query.type() == RecordType.PTR || query.type() == RecordType.ANY;
                return new Decision.Answer(Reply.answer(query, RecordType.PTR, NameTable.TASK_SECONDS,
                        pointer ? List.of(WireName.write(name)) : List.of()));
            }
        }
        return refuse(query, ResponseCode.NXDOMAIN);
    }

    /// Names that can only be meant for us: no domain has one label, and none is a number. They stay on the node, so a
    /// service that is not there is known not to be at once, and nobody outside learns its name.
    private static boolean onlyInside(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return !name.isEmpty() && (last.equals(name) || name.startsWith("tasks.") || last.matches("[0-9]+"));
    }

    private static Decision outside(Query query, Asker asker) {
        return asker.outside() ? new Decision.Outside(asker) : refuse(query, ResponseCode.NXDOMAIN);
    }

    private static Decision refuse(Query query, ResponseCode code) {
        return new Decision.Answer(Reply.without(query, code));
    }

    /// `5.1.0.10.in-addr.arpa` is 10.0.1.5.
    private static Optional<Ipv4> reversed(String name) {
        String[] parts = name.substring(0, name.length() - REVERSE.length()).split("\\.", -1);
        return parts.length != 4 ? Optional.empty()
                : Ipv4.read(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0]);
    }
}
