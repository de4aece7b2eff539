package io.jorch.manager.control.service;

import java.util.List;
import java.util.random.RandomGenerator;

/// A name for a service that was created without one, as Docker gives one too.
final class GivenName {
    private static final List<String> QUALITIES = List.of("able", "brave", "bright", "calm", "clever", "eager", "fair",
            "gentle", "happy", "jolly", "keen", "kind", "lively", "merry", "mild", "neat", "nimble", "patient", "proud",
            "quick", "quiet", "rapid", "sharp", "steady", "sunny", "swift", "tidy", "warm", "wise", "witty");
    private static final List<String> BIRDS = List.of("albatross", "bittern", "bunting", "condor", "crane", "curlew",
            "dipper", "eagle", "egret", "falcon", "finch", "gannet", "grouse", "heron", "ibis", "jackdaw", "kestrel",
            "kite", "lark", "magpie", "martin", "merlin", "nightjar", "osprey", "petrel", "plover", "puffin", "raven",
            "robin", "skua", "sparrow", "starling", "stork", "swallow", "swan", "tern", "thrush", "wagtail", "wren");

    private GivenName() {
    }

    static String next(RandomGenerator random) {
        return QUALITIES.get(random.nextInt(QUALITIES.size())) + "_" + BIRDS.get(random.nextInt(BIRDS.size())) + "_"
                + random.nextInt(1000);
    }
}
