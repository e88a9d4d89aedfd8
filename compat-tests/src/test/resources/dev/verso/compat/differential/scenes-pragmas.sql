-- Every pragma, asked and set.
PRAGMA analysis_limit
PRAGMA analysis_limit = {n}
PRAGMA analysis_limit = 0

PRAGMA application_id = -{n}
PRAGMA main.application_id
PRAGMA user_version = +{n}
PRAGMA main.user_version(7)
PRAGMA user_version

PRAGMA auto_vacuum
PRAGMA main.auto_vacuum = incremental
PRAGMA incremental_vacuum({n})
PRAGMA incremental_vacuum
SELECT freelist_count >= 0 FROM pragma_freelist_count

PRAGMA automatic_index
PRAGMA automatic_index = off
PRAGMA automatic_index
PRAGMA automatic_index = ON

PRAGMA busy_timeout
PRAGMA busy_timeout = 100{n}
PRAGMA busy_timeout(3000)

PRAGMA cache_size
PRAGMA cache_size = -2{n}00
PRAGMA cache_size
PRAGMA cache_spill
PRAGMA cache_spill = 1
PRAGMA default_cache_size
PRAGMA default_cache_size = {n}00
PRAGMA cache_size
PRAGMA default_cache_size = -{n}0
PRAGMA default_cache_size
PRAGMA cache_size
PRAGMA default_cache_size = 0
PRAGMA main.default_cache_size

PRAGMA case_sensitive_like = ON
SELECT 'a' LIKE 'A', {c} LIKE 'A%' FROM {t}
PRAGMA case_sensitive_like = OFF
SELECT 'a' LIKE 'A'

PRAGMA cell_size_check
PRAGMA cell_size_check = yes
PRAGMA checkpoint_fullfsync
PRAGMA checkpoint_fullfsync = true
PRAGMA fullfsync
PRAGMA fullfsync = no
PRAGMA fullfsync = false

PRAGMA collation_list
SELECT seq, name, file FROM pragma_database_list ORDER BY name
PRAGMA database_list
SELECT name FROM pragma_pragma_list WHERE name NOT LIKE 'verso_%'
SELECT count(*) > 10 FROM pragma_compile_options
SELECT compile_options LIKE '%=%' FROM pragma_compile_options WHERE compile_options LIKE 'THREADSAFE%'

PRAGMA count_changes
PRAGMA count_changes = 1
DELETE FROM {t} WHERE {c} = {lit}
PRAGMA count_changes = 0
PRAGMA empty_result_callbacks
PRAGMA empty_result_callbacks = 0
PRAGMA full_column_names
PRAGMA full_column_names = 0
PRAGMA short_column_names
PRAGMA short_column_names = 1

SELECT data_version > 0 FROM pragma_data_version
PRAGMA defer_foreign_keys
PRAGMA defer_foreign_keys = 1
PRAGMA defer_foreign_keys = 0
PRAGMA encoding
PRAGMA encoding = 'UTF-8'
PRAGMA foreign_keys
PRAGMA foreign_keys = {n}
PRAGMA foreign_key_check
PRAGMA foreign_key_check({t})
PRAGMA foreign_key_list({t})

PRAGMA hard_heap_limit
PRAGMA soft_heap_limit
PRAGMA soft_heap_limit = 0
PRAGMA mmap_size = 0
PRAGMA ignore_check_constraints
PRAGMA ignore_check_constraints = 1
CREATE TEMP TABLE z(a CHECK (a > 5))
INSERT INTO temp.z VALUES (1), (9)
PRAGMA ignore_check_constraints = 0
INSERT INTO temp.z VALUES (2)
SELECT * FROM temp.z
DROP TABLE temp.z

PRAGMA index_info({i})
PRAGMA index_list({t})
PRAGMA index_xinfo({i})
SELECT seqno, cid, name FROM pragma_index_info('{i}')
SELECT * FROM pragma_index_xinfo('{i}') AS x JOIN pragma_index_list('{t}') AS l ON l.seq = x.seqno
SELECT "from", "to" FROM pragma_foreign_key_list('{t}')

PRAGMA integrity_check
PRAGMA integrity_check(3)
PRAGMA main.integrity_check({t})
PRAGMA quick_check
PRAGMA quick_check(1)
SELECT * FROM pragma_integrity_check
SELECT * FROM pragma_quick_check('{t}')

PRAGMA journal_mode
PRAGMA journal_size_limit
PRAGMA journal_size_limit = 10000
PRAGMA legacy_alter_table
PRAGMA legacy_alter_table = ON
PRAGMA legacy_alter_table = DEFAULT
PRAGMA legacy_alter_table = 0
PRAGMA locking_mode
PRAGMA locking_mode = NORMAL
PRAGMA main.locking_mode
PRAGMA locking_mode = DELETE

PRAGMA max_page_count
PRAGMA max_page_count = 1073741823
SELECT page_count > 0 FROM pragma_page_count
PRAGMA page_size
PRAGMA page_size = 1024
PRAGMA secure_delete
PRAGMA secure_delete = FAST
PRAGMA secure_delete = 0

PRAGMA query_only
PRAGMA query_only = 1
INSERT INTO {t}({c}) VALUES ({lit})
PRAGMA query_only = 0

PRAGMA read_uncommitted
PRAGMA read_uncommitted = 1
PRAGMA read_uncommitted = 0
PRAGMA recursive_triggers
PRAGMA recursive_triggers = ON
PRAGMA recursive_triggers = OFF
PRAGMA shrink_memory
PRAGMA synchronous
PRAGMA synchronous = FULL
PRAGMA synchronous = OFF

PRAGMA reverse_unordered_selects
PRAGMA reverse_unordered_selects = 1
SELECT * FROM {t}
SELECT count(*), sum(rowid) FROM {r}
PRAGMA reverse_unordered_selects = 0

SELECT schema_version > 0 FROM pragma_schema_version
PRAGMA temp_store
PRAGMA temp_store_directory
PRAGMA threads
PRAGMA threads = 0
PRAGMA busy_timeout = 3000.0
PRAGMA trusted_schema
PRAGMA trusted_schema = 1
PRAGMA wal_autocheckpoint
PRAGMA wal_autocheckpoint = 500
PRAGMA wal_checkpoint
PRAGMA wal_checkpoint(TRUNCATE)
PRAGMA writable_schema
PRAGMA writable_schema = 0
PRAGMA writable_schema = RESET

PRAGMA table_info({t})
PRAGMA table_xinfo({t})
PRAGMA table_list({t})
PRAGMA temp.table_info(sqlite_schema)
SELECT name, type, pk FROM pragma_table_info('{t}')
SELECT m.name, p.name FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
PRAGMA optimize(0x01)
SELECT count(*) > 100 FROM pragma_function_list

SELECT type, builtin FROM pragma_function_list WHERE name = 'count'
SELECT compile_options FROM pragma_compile_options WHERE compile_options LIKE 'nothing%'
