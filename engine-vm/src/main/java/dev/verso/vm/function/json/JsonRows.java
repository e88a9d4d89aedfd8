package dev.verso.vm.function.json;

import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.List;

/**
 * {@code json_each}, {@code json_tree} and their forms that give JSONB: the elements of an array or object as rows (sqlite.org/json1.html,
 * section 4.24).
 */
final class JsonRows implements VirtualModule {
    static final int KEY = 0;
    static final int VALUE = 1;
    static final int TYPE = 2;
    static final int ATOM = 3;
    static final int ID = 4;
    static final int PARENT = 5;
    static final int FULL_KEY = 6;
    static final int PATH = 7;
    static final int JSON = 8;
    static final int ROOT = 9;

    private final boolean recursive;
    private final boolean binary;

    /**
     * @param recursive true for {@code json_tree}
     * @param binary true for values in JSONB
     */
    JsonRows(boolean recursive, boolean binary) {
        this.recursive = recursive;
        this.binary = binary;
    }

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Rows();
    }

    private final class Rows implements VirtualTable {
        private Rows() {}

        @Override
        public String declaration() {
            return "CREATE TABLE x(key,value,type,atom,id,parent,fullkey,path,json HIDDEN,root HIDDEN)";
        }

        @Override
        public Trust trust() {
            return Trust.INNOCUOUS;
        }

        @Override
        public VirtualCursor open() {
            return new JsonRowCursor(recursive, binary);
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int document = -1;
            int root = -1;
            int unusable = 0;
            int usable = 0;
            for (int i = 0; i < request.constraintCount(); i++) {
                int column = request.column(i);
                if (column < JSON) {
                    continue;
                }
                int mask = 1 << column - JSON;
                if (!request.isUsable(i)) {
                    unusable |= mask;
                } else if (request.operator(i) == ConstraintOperator.EQUAL) {
                    usable |= mask;
                    if (column == JSON) {
                        document = i;
                    } else {
                        root = i;
                    }
                }
            }
            if (request.orderCount() > 0 && request.orderColumn(0) == IndexRequest.ROWID && !request.isDescending(0)) {
                request.orderConsumed();
            }
            if ((unusable & ~usable) != 0) {
                return false;
            }
            if (document < 0) {
                request.index(0, null);
                return true;
            }
            request.estimatedCost(1.0);
            request.use(document, 0, true);
            if (root >= 0) {
                request.use(root, 1, true);
            }
            request.index(root < 0 ? 1 : 3, null);
            return true;
        }
    }
}
