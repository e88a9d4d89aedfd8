-- # nested, released and rolled back
CREATE TABLE t(a);
SAVEPOINT one;
INSERT INTO t VALUES (1);
SAVEPOINT two;
INSERT INTO t VALUES (2);
ROLLBACK TO two;
SELECT * FROM t;
INSERT INTO t VALUES (3);
RELEASE two;
SELECT * FROM t;
RELEASE SAVEPOINT one;
SELECT * FROM t;
-- # names: case-insensitive, may repeat, the latest counts
SAVEPOINT s;
INSERT INTO t VALUES (10);
SAVEPOINT S;
INSERT INTO t VALUES (11);
ROLLBACK TRANSACTION TO SAVEPOINT s;
SELECT * FROM t;
RELEASE s;
ROLLBACK TO s;
SELECT * FROM t;
RELEASE s;
RELEASE s;
ROLLBACK TO nosuch;
-- # the outermost one is a transaction
SAVEPOINT outer;
BEGIN;
INSERT INTO t VALUES (20);
ROLLBACK;
SELECT * FROM t;
SAVEPOINT outer;
INSERT INTO t VALUES (21);
COMMIT;
RELEASE outer;
SELECT * FROM t;
BEGIN;
SAVEPOINT inner;
INSERT INTO t VALUES (22);
RELEASE inner;
ROLLBACK;
SELECT * FROM t;
-- # schema changes are undone too
SAVEPOINT ddl;
CREATE TABLE u(x);
INSERT INTO u VALUES (1);
CREATE INDEX tx ON t(a);
ROLLBACK TO ddl;
SELECT name FROM sqlite_schema;
SELECT * FROM u;
RELEASE ddl;
SAVEPOINT ddl2;
DROP TABLE t;
ROLLBACK TO ddl2;
SELECT count(*) FROM t;
RELEASE ddl2;
-- # deferred foreign keys: an inner release does not check, the outermost does
PRAGMA foreign_keys = ON;
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(pid REFERENCES p DEFERRABLE INITIALLY DEFERRED);
SAVEPOINT fk;
SAVEPOINT fk2;
INSERT INTO c VALUES (1);
RELEASE fk2;
RELEASE fk;
INSERT INTO p VALUES (1);
RELEASE fk;
SELECT * FROM c;
---- file
-- # within BEGIN and without, names need not differ
PRAGMA busy_timeout = 0;
CREATE TABLE t(a);
---- other
PRAGMA busy_timeout = 0;
---- first
BEGIN;
SAVEPOINT a;
INSERT INTO t VALUES (1);
SAVEPOINT a;
INSERT INTO t VALUES (2);
SAVEPOINT a;
INSERT INTO t VALUES (3);
ROLLBACK TO a;
SELECT * FROM t;
RELEASE a;
ROLLBACK TO a;
SELECT * FROM t;
RELEASE a;
RELEASE a;
RELEASE a;
SELECT * FROM t;
COMMIT;
-- # the outermost one starts a transaction as BEGIN DEFERRED does: others may write until it does
SAVEPOINT s;
---- other
INSERT INTO t VALUES ('other');
---- first
SELECT * FROM t;
---- other
INSERT INTO t VALUES ('refused');
---- first
INSERT INTO t VALUES (10);
---- other
SELECT count(*) FROM t;
INSERT INTO t VALUES ('refused');
BEGIN IMMEDIATE;
---- first
SAVEPOINT inner;
INSERT INTO t VALUES (11);
RELEASE inner;
---- other
SELECT count(*) FROM t;
---- first
RELEASE s;
---- other
SELECT count(*) FROM t;
---- first
-- # ROLLBACK TO goes on with the transaction and cancels the savepoints in between
SAVEPOINT one;
INSERT INTO t VALUES (20);
SAVEPOINT two;
INSERT INTO t VALUES (21);
SAVEPOINT three;
INSERT INTO t VALUES (22);
ROLLBACK TO one;
ROLLBACK TO two;
RELEASE three;
BEGIN;
INSERT INTO t VALUES (23);
ROLLBACK TO SAVEPOINT one;
ROLLBACK TO one;
RELEASE one;
ROLLBACK TO one;
SELECT * FROM t WHERE a >= 20;
-- # COMMIT and ROLLBACK end all of them
SAVEPOINT one;
INSERT INTO t VALUES (30);
SAVEPOINT two;
INSERT INTO t VALUES (31);
COMMIT;
RELEASE one;
ROLLBACK TO two;
SAVEPOINT one;
INSERT INTO t VALUES (32);
SAVEPOINT two;
END TRANSACTION;
SAVEPOINT one;
DELETE FROM t;
SAVEPOINT two;
ROLLBACK;
RELEASE two;
COMMIT;
SELECT count(*) FROM t;
-- # RELEASE goes back to the name and stops there
BEGIN;
SAVEPOINT x;
INSERT INTO t VALUES (40);
SAVEPOINT y;
INSERT INTO t VALUES (41);
SAVEPOINT x;
INSERT INTO t VALUES (42);
SAVEPOINT z;
RELEASE y;
ROLLBACK TO z;
ROLLBACK TO x;
RELEASE x;
RELEASE x;
INSERT INTO t VALUES (43);
COMMIT;
SELECT * FROM t WHERE a >= 40;
-- # an unknown name changes nothing; nothing at all without a transaction
SAVEPOINT known;
INSERT INTO t VALUES (50);
RELEASE unknown;
ROLLBACK TO unknown;
ROLLBACK TRANSACTION TO unknown;
SELECT count(*) FROM t WHERE a = 50;
ROLLBACK;
RELEASE known;
ROLLBACK TO known;
RELEASE SAVEPOINT 'known';
-- # how names may be written
SAVEPOINT 'quoted';
RELEASE "QUOTED";
SAVEPOINT [a b];
RELEASE SAVEPOINT "A B";
SAVEPOINT select;
SAVEPOINT release;
RELEASE release;
SAVEPOINT savepoint;
RELEASE SAVEPOINT savepoint;
SAVEPOINT 5;
SAVEPOINT a.b;
SAVEPOINT;
RELEASE;
ROLLBACK TO;
SAVEPOINT é;
RELEASE É;
RELEASE é;
-- # an error in a statement leaves savepoints, an ON CONFLICT ROLLBACK takes all of them away
CREATE TABLE u(a UNIQUE);
SAVEPOINT s;
INSERT INTO u VALUES (1);
SAVEPOINT r;
INSERT INTO u VALUES (2), (1);
RELEASE r;
SELECT * FROM u;
SAVEPOINT r;
INSERT OR ROLLBACK INTO u VALUES (3), (1);
RELEASE r;
RELEASE s;
SELECT * FROM u;
-- # what else a rollback to a savepoint takes back: schema, indexes, temporary and attached tables, counters
ATTACH '{{dir}}/o.db' AS o;
CREATE TABLE o.ot(a);
CREATE TEMP TABLE tt(a);
BEGIN;
SAVEPOINT s;
INSERT INTO ot VALUES (1);
INSERT INTO tt VALUES (1);
CREATE TABLE new(a INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO new VALUES (NULL), (NULL);
ALTER TABLE t RENAME TO t2;
CREATE INDEX o.oi ON ot(a);
CREATE TEMP TABLE tt2(a);
PRAGMA user_version = 7;
ROLLBACK TO s;
SELECT name FROM main.sqlite_schema UNION ALL SELECT name FROM o.sqlite_schema UNION ALL SELECT name FROM temp.sqlite_schema;
SELECT (SELECT count(*) FROM ot), (SELECT count(*) FROM tt);
PRAGMA user_version;
SELECT * FROM new;
INSERT INTO t VALUES (99);
SELECT total_changes() > 0;
COMMIT;
PRAGMA integrity_check;
-- # open queries
---- open SELECT a FROM t ORDER BY rowid
SAVEPOINT q;
INSERT INTO t VALUES (98);
ROLLBACK TO q;
---- rest
RELEASE q;
SAVEPOINT q;
---- open SELECT a FROM t ORDER BY rowid
DELETE FROM t WHERE a = 99;
RELEASE q;
---- rest
SELECT count(*) FROM t WHERE a = 99;
