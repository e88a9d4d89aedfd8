package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.JournalMode;
import dev.verso.pager.StoreSession;
import dev.verso.record.AsciiCase;
import dev.verso.record.TextEncoding;
import dev.verso.sql.code.DatabaseSettings;
import dev.verso.sql.code.Settings;
import dev.verso.sql.pragma.PragmaDefinition.Form;
import dev.verso.sql.pragma.PragmaDefinition.Needs;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Pragmas about storage: pages, cache, journal, locks, encoding. Each answers with one value or none. */
enum StorePragma {
    PAGE_SIZE(Needs.SNAPSHOT, Form.READS, Form.SCHEMA, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.tree().pageSize();
            }
            int bytes = PragmaValue.smallNumber(call.value());
            if (bytes >= 512 && bytes <= 65536 && (bytes & bytes - 1) == 0) {
                call.host().settings().nextPageSize(bytes);
                call.tree().pageSize(bytes, 0);
            }
            return null;
        }
    },
    PAGE_COUNT(Needs.SNAPSHOT, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().pager().pageCount();
        }
    },
    MAX_PAGE_COUNT(Needs.SNAPSHOT, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue() && call.number() > 0) {
                settings.maxPageCount(Math.max(
                        Math.min(call.number(), HIGHEST_PAGE_NUMBER),
                        call.tree().pager().pageCount()));
                call.tree().maxPageCount((int) Math.min(settings.maxPageCount(), Integer.MAX_VALUE));
            }
            return settings.maxPageCount();
        }
    },
    FREELIST_COUNT(Needs.SNAPSHOT, Form.READS) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().headerField(HeaderField.FREELIST_COUNT);
        }
    },
    CACHE_SIZE(Needs.SCHEMA, Form.READS, Form.SCHEMA, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return settings.cacheSize();
            }
            cacheSize(call, call.smallNumber());
            return null;
        }
    },
    CACHE_SPILL(Needs.NOTHING, Form.READS, Form.SCHEMA, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            Settings connection = call.host().settings();
            if (!call.hasValue()) {
                boolean isUnset = call.database() == Schemas.TEMP && settings.cacheSize() == 0;
                int size = isUnset ? DatabaseSettings.DEFAULT_CACHE_SIZE : settings.cacheSize();
                return connection.cacheSpill() ? Math.max(cachePages(call, size), settings.cacheSpill()) : 0;
            }
            int number = call.smallNumber();
            boolean isNumber = PragmaValue.beginsWithSmallNumber(call.value());
            if (number != 0) {
                settings.cacheSpill(cachePages(call, number));
            }
            connection.cacheSpill(PragmaValue.truth(call.value(), !isNumber || number != 0));
            for (Schema schema : call.schemas().all()) {
                applyCacheSize(call, schema.database());
            }
            return null;
        }
    },
    JOURNAL_MODE(Needs.SCHEMA, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            JournalMode wanted = null;
            for (JournalMode mode : JournalMode.values()) {
                wanted = AsciiCase.same(mode.name(), call.value()) ? mode : wanted;
            }
            if (call.database() == Schemas.TEMP) {
                if (wanted != null && wanted != JournalMode.WAL) {
                    settings.journalMode(wanted.name().toLowerCase(Locale.ROOT));
                }
                return settings.journalMode();
            }
            StoreSession session = call.tree().pager().session();
            if (wanted == null) {
                return session.journalMode().name().toLowerCase(Locale.ROOT);
            }
            JournalMode result = null;
            if (call.schemaName() == null
                    && wanted != JournalMode.WAL
                    && call.session().openDatabase(Schemas.TEMP) != null) {
                call.host()
                        .settings()
                        .database(Schemas.TEMP)
                        .journalMode(wanted.name().toLowerCase(Locale.ROOT));
            }
            for (Schema schema : call.schemas().all()) {
                BTree tree = call.session().openDatabase(schema.database());
                if (tree != null && (call.schemaName() == null || schema.database() == call.database())) {
                    JournalMode now = tree.pager()
                            .session()
                            .journalMode(wanted, tree.pager().busyHandler());
                    result = schema.database() == call.database() ? now : result;
                }
            }
            return result == null ? null : result.name().toLowerCase(Locale.ROOT);
        }
    },
    JOURNAL_SIZE_LIMIT(Needs.NOTHING, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                settings.journalSizeLimit(Math.max(-1, call.number()));
                call.tree().pager().session().journalSizeLimit(settings.journalSizeLimit());
            }
            return settings.journalSizeLimit();
        }
    },
    LOCKING_MODE(Needs.NOTHING, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            boolean exclusive = AsciiCase.same("exclusive", call.value());
            boolean sets = exclusive || AsciiCase.same("normal", call.value());
            if (call.schemaName() == null && !sets) {
                return call.host().settings().exclusiveLocking() ? "exclusive" : "normal";
            }
            for (int i = 0; sets && i < call.session().databaseCount(); i++) {
                BTree tree = call.session().openDatabase(i);
                if (tree != null && (call.schemaName() == null || i == call.database())) {
                    call.host().settings().database(i).exclusiveLocking(exclusive);
                    tree.pager().session().exclusiveLocking(exclusive);
                }
            }
            if (sets && call.schemaName() == null) {
                call.host().settings().exclusiveLocking(exclusive);
            }
            boolean isPrivate = call.tree().pager().store().name().isEmpty();
            return settings.exclusiveLocking() || isPrivate ? "exclusive" : "normal";
        }
    },
    VERSO_SNAPSHOT(Needs.NOTHING, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            StoreSession session = call.tree().pager().session();
            if (call.hasValue()) {
                if (!call.session().isAutocommit() || call.tree().pager().isReading()) {
                    throw new DatabaseException(ResultCode.ERROR, "cannot change verso_snapshot inside a transaction");
                }
                session.showVersion(call.value());
            }
            if (!session.keepsVersions()) {
                return null;
            }
            return session.shownVersion() < 0 ? "now" : (Object) session.shownVersion();
        }
    },
    VERSO_ISOLATION(Needs.NOTHING, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                boolean snapshot = AsciiCase.same(call.value(), "snapshot");
                if (!snapshot && !AsciiCase.same(call.value(), "serializable")) {
                    throw new DatabaseException(
                            ResultCode.ERROR, "verso_isolation is serializable or snapshot, not " + call.value());
                }
                for (int i = 0; i < call.session().databaseCount(); i++) {
                    BTree tree = call.session().openDatabase(i);
                    if (tree != null && (call.schemaName() == null || i == call.database())) {
                        tree.snapshotIsolation(snapshot);
                    }
                }
            }
            if (!call.tree().pager().wantsRows()) {
                return null;
            }
            return call.tree().isSnapshotIsolation() ? "snapshot" : "serializable";
        }
    },
    VERSO_LOCK_OWNER(Needs.NOTHING, Form.READS, Form.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            StoreSession session = call.tree().pager().session();
            if (call.hasValue()) {
                session.actAs(call.value());
            }
            return session.actsAs();
        }
    },
    SYNCHRONOUS(Needs.SCHEMA, Form.READS, Form.SCHEMA, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return settings.synchronous();
            }
            if (!call.session().isAutocommit()) {
                throw new DatabaseException(ResultCode.ERROR, "Safety level may not be changed inside a transaction");
            }
            if (call.database() == Schemas.TEMP) {
                return null; // nothing of it is to last
            }
            int level = PragmaValue.safetyLevel(call.value()) + 1 & 7;
            settings.synchronous((level == 0 ? 1 : level) - 1);
            call.tree().pager().session().synchronous(Math.min(settings.synchronous(), 3));
            return null;
        }
    },
    ENCODING(Needs.SNAPSHOT_OF_MAIN, Form.READS, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.session().encoding().sqlName();
            }
            TextEncoding wanted =
                    switch (AsciiCase.lower(call.value())) {
                        case "utf8", "utf-8" -> TextEncoding.UTF8;
                        case "utf-16le", "utf16le", "utf-16", "utf16" -> TextEncoding.UTF16LE;
                        case "utf-16be", "utf16be" -> TextEncoding.UTF16BE;
                        default -> null;
                    };
            if (call.session().database(0).headerField(HeaderField.TEXT_ENCODING) == 0) {
                if (wanted == null) {
                    throw new DatabaseException(ResultCode.ERROR, "unsupported encoding: " + call.value());
                }
                call.host().encoding(wanted);
            }
            return null;
        }
    },
    AUTO_VACUUM(Needs.SCHEMA, Form.READS, Form.SCHEMA, Form.SETS_SILENTLY) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.tree().autoVacuum();
            }
            int mode = autoVacuumMode(call.value());
            call.host().settings().nextAutoVacuum(mode);
            call.tree().autoVacuum(mode);
            return null;
        }
    },
    DATA_VERSION(Needs.SNAPSHOT, Form.READS) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().pager().session().dataVersion();
        }
    },
    SECURE_DELETE(Needs.NOTHING, Form.READS) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                int mode = AsciiCase.same("fast", call.value()) ? 2 : call.truth() ? 1 : 0;
                for (Schema schema : call.schemas().all()) {
                    BTree tree = call.session().openDatabase(schema.database());
                    boolean isMeant = call.schemaName() == null || schema.database() == call.database();
                    if (tree != null && isMeant) {
                        call.host().settings().database(schema.database()).secureDelete(mode);
                        tree.secureDelete(mode);
                    }
                }
            }
            return settings.secureDelete();
        }
    },
    MMAP_SIZE(Needs.NOTHING) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().pager().store().name().isEmpty() ? null : 0;
        }
    };

    private static final long HIGHEST_PAGE_NUMBER = 4_294_967_294L;
    /** What SQLite's cache needs for a page beside its bytes: {@code cache_spill} shows it. */
    private static final int PAGE_OVERHEAD_BYTES = 136;

    private final Needs needs;
    private final Set<Form> forms = EnumSet.noneOf(Form.class);

    StorePragma(Needs needs, Form... forms) {
        this.needs = needs;
        this.forms.addAll(List.of(forms));
    }

    Needs needs() {
        return needs;
    }

    Set<Form> forms() {
        return forms;
    }

    private static int cachePages(PragmaCall call, int pagesOrKibibytes) {
        long page = call.tree().pageSize() + PAGE_OVERHEAD_BYTES;
        return pagesOrKibibytes >= 0
                ? pagesOrKibibytes
                : (int) Math.min(-1024L * pagesOrKibibytes / page, 1_000_000_000);
    }

    static void cacheSize(PragmaCall call, int pagesOrKibibytes) {
        call.host().settings().database(call.database()).cacheSize(pagesOrKibibytes);
        applyCacheSize(call, call.database());
    }

    private static void applyCacheSize(PragmaCall call, int database) {
        BTree tree = call.session().openDatabase(database);
        if (tree != null) {
            Settings settings = call.host().settings();
            settings.database(database).limitCache(tree, settings.cacheSpill());
        }
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String column() {
        return sqlName();
    }

    /** Runs the pragma. @return its value, or null for no row */
    abstract Object run(PragmaCall call, DatabaseSettings settings);

    List<Object[]> run(PragmaCall call) {
        Object value = run(call, call.host().settings().database(call.database()));
        return value == null ? List.of() : List.<Object[]>of(new Object[] {value});
    }

    /** 0 for none, 1 for full, 2 for incremental. */
    static int autoVacuumMode(String value) {
        return switch (AsciiCase.lower(value)) {
            case "none" -> 0;
            case "full" -> 1;
            case "incremental" -> 2;
            default -> {
                int number = PragmaValue.smallNumber(value);
                yield number >= 0 && number <= 2 ? number : 0;
            }
        };
    }
}
