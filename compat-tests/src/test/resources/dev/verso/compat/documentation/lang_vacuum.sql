CREATE TABLE t(a INTEGER PRIMARY KEY, b);
CREATE TABLE norowid(x);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO t SELECT i, zeroblob(200) FROM n;
INSERT INTO norowid VALUES (1), (2), (3);
DELETE FROM norowid WHERE x = 2;
DELETE FROM t WHERE a > 10;
PRAGMA freelist_count;
VACUUM;
PRAGMA freelist_count;
PRAGMA page_count;
SELECT count(*), max(a) FROM t;
PRAGMA integrity_check;
VACUUM main;
VACUUM nosuch;
BEGIN;
VACUUM;
COMMIT;
VACUUM INTO 1;
VACUUM INTO nosuchcolumn;
---- file
-- # space is given back, order is restored, deleted content is gone
PRAGMA busy_timeout = 0;
CREATE TABLE a(x INTEGER PRIMARY KEY, y);
CREATE TABLE b(y);
CREATE INDEX ay ON a(y);
INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) SELECT i, 'y' || i || zeroblob(90) FROM n;
INSERT INTO b WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) SELECT zeroblob(90) || i FROM n;
DELETE FROM a WHERE x % 3;
DELETE FROM b WHERE rowid % 3;
PRAGMA freelist_count;
PRAGMA page_count;
PRAGMA schema_version;
VACUUM;
PRAGMA schema_version;
PRAGMA freelist_count;
PRAGMA page_count;
PRAGMA integrity_check;
SELECT name, path, pageno, pagetype, ncell, payload, unused FROM dbstat ORDER BY pageno;
-- # rowids that are no column of the table may change
SELECT min(rowid), max(rowid), count(*) FROM b;
SELECT min(x), max(x), count(*) FROM a;
-- # page size, auto_vacuum, encoding, versions
PRAGMA user_version = 12;
PRAGMA application_id = 13;
PRAGMA page_size = 1024;
PRAGMA page_size;
VACUUM;
PRAGMA page_size;
PRAGMA auto_vacuum = FULL;
PRAGMA auto_vacuum;
VACUUM;
PRAGMA auto_vacuum;
PRAGMA user_version;
PRAGMA application_id;
PRAGMA page_count;
PRAGMA encoding = 'UTF-16';
VACUUM;
PRAGMA encoding;
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA page_size = 4096;
VACUUM;
PRAGMA auto_vacuum;
PRAGMA page_size;
---- other
PRAGMA page_size;
SELECT count(*) FROM a;
---- first
-- # an attached database, temp, one that is not there
ATTACH '{{dir}}/o.db' AS o;
CREATE TABLE o.t(a);
INSERT INTO o.t VALUES (zeroblob(50000));
DELETE FROM o.t;
PRAGMA o.freelist_count;
VACUUM;
PRAGMA o.freelist_count;
VACUUM o;
PRAGMA o.freelist_count;
VACUUM 'o';
CREATE TEMP TABLE tt(a);
VACUUM temp;
VACUUM nosuch;
VACUUM a.b;
VACUUM o INTO '{{dir}}/of_o.db';
ATTACH '{{dir}}/of_o.db' AS oo;
SELECT name FROM oo.sqlite_schema;
DETACH oo;
-- # not inside a transaction, not while statements run, not against locks of others
BEGIN;
VACUUM;
VACUUM INTO '{{dir}}/no.db';
ROLLBACK;
SAVEPOINT s;
VACUUM o;
RELEASE s;
---- open SELECT x FROM a ORDER BY x LIMIT 3
VACUUM;
VACUUM INTO '{{dir}}/no.db';
---- rest
---- other
BEGIN;
SELECT count(*) FROM a;
---- first
VACUUM;
VACUUM INTO '{{dir}}/while_read.db';
---- other
COMMIT;
BEGIN IMMEDIATE;
---- first
VACUUM;
VACUUM INTO '{{dir}}/while_written.db';
---- other
ROLLBACK;
---- first
VACUUM;
-- # INTO: any expression, a new or an empty file, the same content, the source as it was
DELETE FROM a WHERE x > 100;
PRAGMA freelist_count;
VACUUM INTO '{{dir}}/into' || (1 + 1) || '.db';
PRAGMA freelist_count;
ATTACH '{{dir}}/into2.db' AS i2;
PRAGMA i2.freelist_count;
PRAGMA i2.page_size;
PRAGMA i2.auto_vacuum;
PRAGMA i2.user_version;
PRAGMA i2.application_id;
PRAGMA i2.integrity_check;
SELECT count(*) FROM i2.a EXCEPT SELECT count(*) FROM main.a;
SELECT type, name, sql FROM i2.sqlite_schema EXCEPT SELECT type, name, sql FROM main.sqlite_schema;
DETACH i2;
VACUUM INTO '{{dir}}/into2.db';
VACUUM main INTO (SELECT '{{dir}}/into3.db');
VACUUM INTO NULL;
VACUUM INTO 5;
VACUUM INTO x'00';
VACUUM INTO '{{dir}}/nosuch/into.db';
VACUUM INTO '{{dir}}';
VACUUM INTO;
VACUUM INTO "{{dir}}/into4.db";
VACUUM INTO x;
VACUUM INTO count(*);
VACUUM INTO '{{dir}}/into5.db', 'x';
ATTACH '{{dir}}/empty.db' AS e;
DETACH e;
VACUUM INTO '{{dir}}/empty.db';
ATTACH '{{dir}}/empty.db' AS e;
SELECT count(*) FROM e.a;
DETACH e;
VACUUM INTO 'file:{{dir}}/uri.db?mode=rwc';
VACUUM INTO 'file:{{dir}}/nouri.db?mode=rw';
VACUUM INTO ':memory:';
VACUUM INTO '';
---- new
-- # in memory
CREATE TABLE t(a);
INSERT INTO t VALUES (zeroblob(50000));
DELETE FROM t;
VACUUM;
PRAGMA page_count;
INSERT INTO t VALUES (1);
VACUUM INTO '{{dir}}/memory.db';
ATTACH '{{dir}}/memory.db' AS m;
SELECT a FROM m.t;
PRAGMA page_size = 8192;
VACUUM;
PRAGMA page_size;
