package io.jorch.manager.leader;

import io.jorch.raft.state.Change;
import io.jorch.raft.state.Store;
import io.jorch.raft.state.Transaction;
import java.util.ArrayList;
import java.util.List;

/// Cuts a plan into transactions of the allowed size, each valid alone because the order of the changes is kept: pure.
final class Batches {
    private Batches() {
    }

    /// @param key goes with the first transaction
    static List<Transaction> cut(long term, List<Change> changes, String key) {
        List<Transaction> transactions = new ArrayList<>();
        for (int from = 0; from < changes.size();) {
            int to = Math.min(changes.size(), from + Transaction.MAXIMUM_CHANGES);
            String itsKey = from == 0 ? key : "";
            Transaction transaction = new Transaction(term, changes.subList(from, to), itsKey);
            while (to - from > 1 && Store.sizeOf(transaction) > Transaction.MAXIMUM_BYTES) {
                to = from + (to - from) / 2;
                transaction = new Transaction(term, changes.subList(from, to), itsKey);
            }
            transactions.add(transaction);
            from = to;
        }
        return transactions;
    }
}
