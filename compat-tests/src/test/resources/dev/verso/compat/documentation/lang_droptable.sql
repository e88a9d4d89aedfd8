CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(pid REFERENCES p);
CREATE TABLE t(a UNIQUE, b);
CREATE INDEX ti ON t(b);
CREATE TRIGGER tt AFTER INSERT ON t BEGIN SELECT 1; END;
CREATE VIEW v AS SELECT * FROM t;
-- # indexes and triggers go with it, views stay and break
DROP TABLE t;
SELECT type, name FROM sqlite_schema ORDER BY name;
SELECT * FROM v;
DROP TABLE v;
DROP VIEW v;
DROP TABLE t;
DROP TABLE IF EXISTS t;
DROP INDEX IF EXISTS ti;
DROP TRIGGER IF EXISTS tt;
DROP VIEW IF EXISTS v;
-- # foreign keys: an implicit DELETE comes first
PRAGMA foreign_keys = ON;
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1);
DROP TABLE p;
DELETE FROM c;
DROP TABLE p;
INSERT INTO c VALUES (1);
DROP TABLE c;
SELECT count(*) FROM sqlite_schema;
---- file
-- # gone from the schema and from the file with its indexes, triggers and statistics
CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b UNIQUE);
CREATE TABLE other(a);
INSERT INTO t(b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT zeroblob(50) || i FROM n;
CREATE INDEX ti ON t(b, a);
CREATE TRIGGER tr BEFORE DELETE ON t BEGIN INSERT INTO other VALUES (old.a); END;
CREATE TRIGGER otr AFTER INSERT ON other BEGIN DELETE FROM t WHERE a = new.a; END;
CREATE TEMP TRIGGER ttr AFTER DELETE ON t BEGIN INSERT INTO other VALUES (-old.a); END;
ANALYZE;
SELECT * FROM sqlite_sequence;
SELECT tbl, idx FROM sqlite_stat1 ORDER BY 1, 2;
DROP TABLE t;
SELECT * FROM sqlite_sequence;
SELECT tbl, idx FROM sqlite_stat1 ORDER BY 1, 2;
SELECT count(*) FROM other;
SELECT type, name FROM sqlite_schema ORDER BY name;
SELECT count(*) FROM sqlite_temp_schema;
PRAGMA freelist_count;
PRAGMA integrity_check;
INSERT INTO other VALUES (1);
CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b);
INSERT INTO t(b) VALUES ('new');
SELECT * FROM t;
INSERT INTO other VALUES (1);
SELECT * FROM t;
-- # IF EXISTS, schemas, things that are not tables or may not go
DROP TABLE nosuch;
DROP TABLE main.nosuch;
DROP TABLE nosuch.t;
DROP TABLE IF EXISTS nosuch;
DROP TABLE IF EXISTS nosuch.t;
DROP TABLE IF EXISTS main.nosuch;
CREATE VIEW v AS SELECT 1;
DROP TABLE v;
DROP TABLE IF EXISTS v;
CREATE INDEX oi ON other(a);
DROP TABLE oi;
DROP TABLE IF EXISTS oi;
DROP TABLE sqlite_schema;
DROP TABLE sqlite_sequence;
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE sqlite_temp_schema;
DROP TABLE pragma_table_info;
CREATE TEMP TABLE t(x);
DROP TABLE t;
SELECT * FROM t;
DROP TABLE temp.t;
ATTACH '{{dir}}/o.db' AS o;
CREATE TABLE o.t(y);
DROP TABLE t;
SELECT * FROM t;
DROP TABLE main.t;
DROP TABLE o.t;
DROP TABLE 'other';
DROP TABLE;
CREATE TABLE r(a);
INSERT INTO r VALUES (1), (2);
---- open SELECT a FROM r
DROP TABLE r;
---- rest
BEGIN;
DROP TABLE r;
SELECT * FROM r;
ROLLBACK;
SELECT * FROM r;
---- other
---- open SELECT a FROM r
---- first
PRAGMA busy_timeout = 0;
DROP TABLE r;
---- other
---- rest
---- first
DROP TABLE r;
---- new
-- # foreign keys: the rows are deleted first, which acts on children, but fires no triggers
PRAGMA foreign_keys = ON;
CREATE TABLE p(id INTEGER PRIMARY KEY, u UNIQUE);
CREATE TABLE cascades(a REFERENCES p ON DELETE CASCADE);
CREATE TABLE nulls(a REFERENCES p(u) ON DELETE SET NULL);
CREATE TABLE defaults(a DEFAULT 99 REFERENCES p ON DELETE SET DEFAULT);
CREATE TABLE log(x);
CREATE TRIGGER p_delete BEFORE DELETE ON p BEGIN INSERT INTO log VALUES ('p'); END;
CREATE TRIGGER c_delete AFTER DELETE ON cascades BEGIN INSERT INTO log VALUES ('child ' || old.a); END;
INSERT INTO p VALUES (1, 'a'), (2, 'b');
INSERT INTO cascades VALUES (1), (2), (NULL);
INSERT INTO nulls VALUES ('a'), ('b');
DROP TABLE p;
SELECT * FROM cascades;
SELECT * FROM nulls;
SELECT * FROM log;
INSERT INTO cascades VALUES (1);
INSERT INTO cascades VALUES (NULL);
DELETE FROM cascades;
DROP TABLE cascades;
CREATE TABLE p(id INTEGER PRIMARY KEY);
INSERT INTO p VALUES (1), (2);
INSERT INTO defaults VALUES (1);
DROP TABLE p;
SELECT count(*) FROM p;
INSERT INTO p VALUES (99);
DROP TABLE p;
SELECT * FROM defaults;
DROP TABLE defaults;
DROP TABLE p;
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE restricts(a REFERENCES p ON DELETE RESTRICT);
INSERT INTO p VALUES (1);
INSERT INTO restricts VALUES (1);
DROP TABLE p;
DELETE FROM restricts;
DROP TABLE p;
-- # deferred ones may be mended until the commit
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE d(a REFERENCES p DEFERRABLE INITIALLY DEFERRED);
INSERT INTO p VALUES (1);
INSERT INTO d VALUES (1);
DROP TABLE p;
BEGIN;
DROP TABLE p;
COMMIT;
CREATE TABLE p(id INTEGER PRIMARY KEY);
COMMIT;
INSERT INTO p VALUES (1);
COMMIT;
BEGIN;
DROP TABLE p;
DELETE FROM d;
COMMIT;
-- # a table that refers to itself, a parent without a key, foreign keys off
CREATE TABLE self(id INTEGER PRIMARY KEY, up REFERENCES self);
INSERT INTO self VALUES (1, NULL), (2, 1), (3, 2);
DROP TABLE self;
CREATE TABLE nokey(a);
CREATE TABLE kid(a REFERENCES nokey(a));
INSERT INTO nokey VALUES (1);
DROP TABLE nokey;
CREATE TABLE nokey(a);
INSERT INTO nokey VALUES (1);
PRAGMA foreign_keys = OFF;
INSERT INTO kid VALUES (1);
PRAGMA foreign_keys = ON;
DROP TABLE nokey;
PRAGMA foreign_keys = OFF;
DROP TABLE nokey;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
