package io.jorch.manager.leader;

import io.jorch.manager.plan.IdSource;
import java.security.SecureRandom;

/// Ids of 25 base-36 characters from the system's randomness, as Swarm's: about 129 bits.
public final class Ids implements IdSource {
    private static final int LENGTH = 25;
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

    private final SecureRandom random = new SecureRandom();

    @Override
    public String next() {
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = DIGITS[random.nextInt(DIGITS.length)];
        }
        return new String(id);
    }
}
