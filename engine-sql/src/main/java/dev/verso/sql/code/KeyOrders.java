package dev.verso.sql.code;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.schema.Index;
import dev.verso.vm.Session;
import java.util.ArrayList;
import java.util.List;

/** Makes the {@link KeyInfo} operands that cursors on index trees need. */
public final class KeyOrders {
    private KeyOrders() {}

    /** The order of an index's entries: all columns of the key record, for the tree of a WITHOUT ROWID table only its primary key. */
    public static KeyInfo of(Session session, Index index) {
        List<Index.Part> parts = index.parts();
        Collation[] collations = new Collation[parts.size()];
        boolean[] descending = new boolean[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            collations[i] = collation(session, parts.get(i).collation());
            descending[i] = parts.get(i).descending();
        }
        int keyColumns = index.isPrimaryKeyOfWithoutRowid() ? index.keyColumns() : parts.size();
        return new KeyInfo(session.encoding(), collations, descending, new boolean[parts.size()], keyColumns);
    }

    /** An ascending order by those collations, NULLs first. */
    public static KeyInfo ascending(Session session, List<String> collationNames) {
        int count = collationNames.size();
        Collation[] collations = new Collation[count];
        for (int i = 0; i < count; i++) {
            collations[i] = collation(session, collationNames.get(i));
        }
        return new KeyInfo(session.encoding(), collations, new boolean[count], new boolean[count], count);
    }

    /**
     * The same order for keys of an index, which knows no NULLS FIRST and LAST other than its own: a term with another one gets a key before
     * it that tells whether the value is NULL.
     */
    public static List<BoundOrder> forIndex(List<BoundOrder> terms) {
        List<BoundOrder> keys = new ArrayList<>();
        for (BoundOrder term : terms) {
            if (!term.hasDefaultNulls()) {
                boolean descending = !term.nullsLast();
                keys.add(new BoundOrder(new BoundExpr.IsNull(term.expr(), false), descending, descending, -1));
            }
            keys.add(new BoundOrder(term.expr(), term.descending(), term.descending(), term.resultColumn()));
        }
        return keys;
    }

    /** The order of those terms, followed by {@code more} ascending columns. */
    public static KeyInfo of(Session session, List<BoundOrder> terms, int more) {
        int count = terms.size() + more;
        Collation[] collations = new Collation[count];
        boolean[] descending = new boolean[count];
        boolean[] nullsLast = new boolean[count];
        for (int i = 0; i < terms.size(); i++) {
            BoundOrder term = terms.get(i);
            collations[i] = collation(session, Traits.collation(term.expr()));
            descending[i] = term.descending();
            nullsLast[i] = !term.hasDefaultNulls();
        }
        return new KeyInfo(session.encoding(), collations, descending, nullsLast, count);
    }

    /**
     * The collation of that name; null, which means BINARY, for BINARY.
     *
     * @throws DatabaseException ERROR if there is none of that name
     */
    public static Collation collation(Session session, String name) {
        if (name == null || AsciiCase.same(name, "BINARY")) {
            return null;
        }
        Collation collation = session.collation(name);
        if (collation == null) {
            throw new DatabaseException(ResultCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
        }
        return collation;
    }
}
