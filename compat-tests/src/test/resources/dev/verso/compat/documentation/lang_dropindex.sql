CREATE TABLE t(a UNIQUE, b);
CREATE INDEX i ON t(b);
CREATE UNIQUE INDEX main.j ON t(b, a);
DROP INDEX i;
DROP INDEX i;
DROP INDEX IF EXISTS i;
DROP INDEX main.j;
DROP INDEX sqlite_autoindex_t_1;
DROP INDEX t;
DROP INDEX nosuch.i;
SELECT name FROM sqlite_schema;
---- file
-- # gone from the schema and from the file, for good
CREATE TABLE t(a, b);
INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i, zeroblob(50) || i FROM n;
CREATE INDEX i ON t(b, a);
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 5;
PRAGMA freelist_count;
DROP INDEX i;
PRAGMA freelist_count;
PRAGMA page_count;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 5;
SELECT a FROM t INDEXED BY i;
SELECT name FROM sqlite_schema;
PRAGMA integrity_check;
BEGIN;
CREATE INDEX i ON t(a);
DROP INDEX main.i;
CREATE INDEX i ON t(b);
ROLLBACK;
DROP INDEX i;
-- # which database, with a schema's name and without
ATTACH '{{dir}}/o.db' AS o;
CREATE TABLE o.u(a);
CREATE INDEX o.x ON u(a);
CREATE INDEX x ON t(a);
CREATE TEMP TABLE tt(a);
CREATE INDEX temp.x ON tt(a);
DROP INDEX X;
SELECT count(*) FROM sqlite_temp_schema WHERE type = 'index';
DROP INDEX x;
SELECT count(*) FROM main.sqlite_schema WHERE type = 'index';
DROP INDEX IF EXISTS main.x;
DROP INDEX main.x;
DROP INDEX x;
DROP INDEX IF EXISTS x;
DROP INDEX IF EXISTS nosuch.x;
DROP INDEX 'quoted';
DROP INDEX;
DROP INDEX a, b;
CREATE TABLE k(a PRIMARY KEY, b UNIQUE) WITHOUT ROWID;
DROP INDEX sqlite_autoindex_k_1;
DROP INDEX IF EXISTS sqlite_autoindex_k_2;
DROP INDEX k;
CREATE INDEX used ON t(a);
---- open SELECT a FROM t INDEXED BY used WHERE a > 0
DROP INDEX used;
---- rest
DROP INDEX used;
