package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.JournalMode;
import dev.verso.pager.StoreSession;
import dev.verso.record.TextEncoding;
import dev.verso.sql.code.DatabaseSettings;
import dev.verso.sql.pragma.PragmaDefinition.Needs;
import dev.verso.sql.schema.Schema;
import java.util.List;
import java.util.Locale;

/** Pragmas about storage: pages, cache, journal, locks, encoding. Each answers with one value or none. */
enum StorePragma {
    PAGE_SIZE(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.tree().pageSize();
            }
            int bytes = PragmaValue.smallNumber(call.value());
            if (bytes >= 512 && bytes <= 65536 && (bytes & bytes - 1) == 0) {
                call.tree().pageSize(bytes, 0);
            }
            return null;
        }
    },
    PAGE_COUNT(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().pager().pageCount();
        }
    },
    MAX_PAGE_COUNT(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue() && call.number() > 0) {
                settings.maxPageCount(
                        Math.max(call.number(), call.tree().pager().pageCount()));
                call.tree().maxPageCount((int) Math.min(settings.maxPageCount(), Integer.MAX_VALUE));
            }
            return settings.maxPageCount();
        }
    },
    FREELIST_COUNT(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().headerField(HeaderField.FREELIST_COUNT);
        }
    },
    CACHE_SIZE(Needs.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return settings.cacheSize();
            }
            settings.cacheSize(PragmaValue.smallNumber(call.value()));
            long bytes = settings.cacheSize() < 0
                    ? -1024L * settings.cacheSize()
                    : (long) settings.cacheSize() * call.tree().pageSize();
            call.tree().pager().store().cache().capacityBytes(bytes);
            call.tree().pager().dirtyBytesLimit(bytes);
            return null;
        }
    },
    CACHE_SPILL(Needs.NOTHING) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                settings.cacheSpill(
                        call.truth()
                                ? PragmaValue.smallNumber(call.value()) > 1
                                        ? PragmaValue.smallNumber(call.value())
                                        : 483
                                : 0);
                return null;
            }
            return settings.cacheSpill() == 0 || settings.cacheSize() < 0
                    ? settings.cacheSpill()
                    : settings.cacheSize();
        }
    },
    DEFAULT_CACHE_SIZE(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            int pages = call.tree().headerField(HeaderField.DEFAULT_CACHE_SIZE);
            return pages == 0 ? -2000 : Math.abs(pages);
        }

        @Override
        String column() {
            return "cache_size";
        }
    },
    JOURNAL_MODE(Needs.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            JournalMode wanted = null;
            for (JournalMode mode : JournalMode.values()) {
                wanted = mode.name().equalsIgnoreCase(call.value()) ? mode : wanted;
            }
            StoreSession session = call.tree().pager().session();
            if (wanted == null) {
                return session.journalMode().name().toLowerCase(Locale.ROOT);
            }
            JournalMode result = null;
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
    JOURNAL_SIZE_LIMIT(Needs.NOTHING) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                settings.journalSizeLimit(Math.max(-1, call.number()));
            }
            return settings.journalSizeLimit();
        }
    },
    LOCKING_MODE(Needs.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            boolean exclusive = "exclusive".equalsIgnoreCase(call.value());
            if (exclusive || "normal".equalsIgnoreCase(call.value())) {
                settings.exclusiveLocking(exclusive);
                call.tree().pager().session().exclusiveLocking(exclusive);
            }
            return settings.exclusiveLocking() ? "exclusive" : "normal";
        }
    },
    SYNCHRONOUS(Needs.SCHEMA) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return settings.synchronous();
            }
            if (!call.session().isAutocommit()) {
                throw new DatabaseException(ResultCode.ERROR, "Safety level may not be changed inside a transaction");
            }
            int level = PragmaValue.safetyLevel(call.value()) + 1 & 7;
            settings.synchronous((level == 0 ? 1 : level) - 1);
            call.tree().pager().session().synchronous(Math.min(settings.synchronous(), 3));
            return null;
        }
    },
    ENCODING(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.session().encoding().sqlName();
            }
            TextEncoding wanted =
                    switch (call.value().toLowerCase(Locale.ROOT)) {
                        case "utf8", "utf-8" -> TextEncoding.UTF8;
                        case "utf-16le", "utf16le", "utf-16", "utf16" -> TextEncoding.UTF16LE;
                        case "utf-16be", "utf16be" -> TextEncoding.UTF16BE;
                        default ->
                            throw new DatabaseException(ResultCode.ERROR, "unsupported encoding: " + call.value());
                    };
            if (call.session().database(0).pager().pageCount() == 0) {
                call.host().encoding(wanted);
            }
            return null;
        }
    },
    AUTO_VACUUM(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (!call.hasValue()) {
                return call.tree().autoVacuum();
            }
            int mode =
                    switch (call.value().toLowerCase(Locale.ROOT)) {
                        case "none" -> 0;
                        case "full" -> 1;
                        case "incremental" -> 2;
                        default -> {
                            int number = PragmaValue.smallNumber(call.value());
                            yield number >= 0 && number <= 2 ? number : 0;
                        }
                    };
            call.tree().autoVacuum(mode);
            return null;
        }
    },
    DATA_VERSION(Needs.SNAPSHOT) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            return call.tree().pager().session().dataVersion();
        }
    },
    SECURE_DELETE(Needs.NOTHING) {
        @Override
        Object run(PragmaCall call, DatabaseSettings settings) {
            if (call.hasValue()) {
                settings.secureDelete("fast".equalsIgnoreCase(call.value()) ? 2 : call.truth() ? 1 : 0);
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

    private final Needs needs;

    StorePragma(Needs needs) {
        this.needs = needs;
    }

    Needs needs() {
        return needs;
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
}
