package io.jorch.net.dns;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.api.message.NetworkMap.ServiceView;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The names of each network, by its id. Names are in lower case.
record NameTable(Map<String, Names> networks) {
    /// A virtual address stays for as long as its service.
    static final int SERVICE_SECONDS = 600;
    /// Tasks come and go.
    static final int TASK_SECONDS = 3;

    static final NameTable EMPTY = new NameTable(Map.of());

    /// @param addresses what a name stands for; empty when its service has nothing that serves
    /// @param seconds how long it may be kept
    record Entry(List<Ipv4> addresses, int seconds) {
        Entry {
            addresses = List.copyOf(addresses);
        }
    }

    /// @param entries by name
    /// @param reverse the name of an address
    record Names(Ipv4Subnet subnet, Map<String, Entry> entries, Map<Ipv4, String> reverse) {
    }

    static NameTable of(NetworkMap map) {
        Map<String, Names> networks = new HashMap<>();
        map.networks().forEach(view -> networks.put(view.id(), names(view)));
        return new NameTable(Map.copyOf(networks));
    }

    Optional<Names> network(String id) {
        return Optional.ofNullable(networks.get(id));
    }

    private static Names names(NetworkView view) {
        Map<String, Entry> entries = new HashMap<>();
        Map<Ipv4, String> reverse = new HashMap<>();
        view.services().forEach(service -> add(service, entries, reverse));
        return new Names(Ipv4Subnet.parse("subnet", view.subnet()), entries, reverse);
    }

    /// Services on one network may share an alias: then it stands for all of them.
    private static void add(ServiceView service, Map<String, Entry> entries, Map<Ipv4, String> reverse) {
        List<Ipv4> serving = service.endpoints().stream().filter(EndpointView::serving).map(NameTable::address)
                .toList();
        Entry tasks = new Entry(serving, TASK_SECONDS);
        Optional<Ipv4> virtual = service.vip().map(vip -> Ipv4.parse("vip", vip));
        Entry whole = virtual.map(vip -> new Entry(List.of(vip), SERVICE_SECONDS)).orElse(tasks);
        virtual.ifPresent(vip -> reverse.putIfAbsent(vip, service.names().getFirst()));
        for (String name : service.names()) {
            put(entries, name, whole);
            put(entries, "tasks." + name, tasks);
            service.endpoints().forEach(endpoint -> put(entries, name + "." + endpoint.slot(), only(endpoint)));
        }
        for (EndpointView endpoint : service.endpoints()) {
            put(entries, endpoint.taskName(), only(endpoint));
            reverse.putIfAbsent(address(endpoint), endpoint.taskName());
        }
    }

    private static void put(Map<String, Entry> entries, String name, Entry entry) {
        entries.merge(name.toLowerCase(Locale.ROOT), entry, (one, other) -> new Entry(
                Stream.concat(one.addresses().stream(), other.addresses().stream()).distinct().toList(),
                Math.min(one.seconds(), other.seconds())));
    }

    private static Entry only(EndpointView endpoint) {
        return new Entry(List.of(address(endpoint)), TASK_SECONDS);
    }

    private static Ipv4 address(EndpointView endpoint) {
        return Ipv4.parse("address", endpoint.address());
    }
}
