-- # BEGIN in its forms, COMMIT, END, ROLLBACK
CREATE TABLE t(a UNIQUE);
BEGIN;
INSERT INTO t VALUES (1);
COMMIT;
BEGIN TRANSACTION;
INSERT INTO t VALUES (2);
END TRANSACTION;
BEGIN DEFERRED TRANSACTION;
INSERT INTO t VALUES (3);
ROLLBACK TRANSACTION;
BEGIN IMMEDIATE;
COMMIT TRANSACTION;
BEGIN EXCLUSIVE TRANSACTION;
END;
SELECT * FROM t;
-- # none within one, none without one
BEGIN;
BEGIN;
COMMIT;
COMMIT;
END;
ROLLBACK;
-- # an error leaves the transaction open, ROLLBACK conflicts end it
BEGIN;
INSERT INTO t VALUES (5);
INSERT INTO t VALUES (1);
INSERT INTO nosuch VALUES (1);
COMMIT;
SELECT * FROM t;
BEGIN;
INSERT INTO t VALUES (6);
INSERT OR ROLLBACK INTO t VALUES (1);
ROLLBACK;
SELECT * FROM t;
-- # schema changes belong to it
BEGIN;
CREATE TABLE u(x);
INSERT INTO u VALUES (1);
ROLLBACK;
SELECT * FROM u;
BEGIN;
DROP TABLE t;
ROLLBACK;
SELECT count(*) FROM t;
-- # deferred foreign keys stop a COMMIT, which can be tried again
PRAGMA foreign_keys = ON;
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE c(pid REFERENCES p DEFERRABLE INITIALLY DEFERRED);
BEGIN;
INSERT INTO c VALUES (7);
COMMIT;
INSERT INTO p VALUES (7);
COMMIT;
SELECT * FROM c;
-- # what may not run inside
BEGIN;
VACUUM;
PRAGMA foreign_keys = OFF;
PRAGMA foreign_keys;
ROLLBACK;
---- file
-- # what is not committed is not seen by others; automatic transactions end with their statement
PRAGMA busy_timeout = 0;
CREATE TABLE t(a);
---- other
PRAGMA busy_timeout = 0;
INSERT INTO t VALUES (1);
---- first
SELECT * FROM t;
BEGIN;
INSERT INTO t VALUES (2);
---- other
SELECT * FROM t;
---- first
COMMIT;
---- other
SELECT * FROM t;
-- # closing a connection takes back what it has open
BEGIN;
INSERT INTO t VALUES ('lost');
---- reopen
PRAGMA busy_timeout = 0;
SELECT * FROM t;
COMMIT;
-- # no nesting, in any form; END is COMMIT
BEGIN DEFERRED;
BEGIN IMMEDIATE;
BEGIN EXCLUSIVE TRANSACTION;
END;
END TRANSACTION;
SAVEPOINT s;
BEGIN;
END;
BEGIN 5;
BEGIN TRANSACTION named;
BEGIN TRANSACTION 'named two';
COMMIT TRANSACTION named;
COMMIT named;
ROLLBACK TRANSACTION named;
BEGIN DEFERRED IMMEDIATE;
BEGIN READ;
ROLLBACK TRANSACTION;
-- # DEFERRED takes no lock before the first access, a read lock for a SELECT, a write lock for a change
BEGIN;
---- first
INSERT INTO t VALUES (3);
---- other
SELECT count(*) FROM t;
---- first
INSERT INTO t VALUES (4);
SELECT count(*) FROM t;
---- other
SELECT count(*) FROM t;
INSERT INTO t VALUES (5);
---- first
INSERT INTO t VALUES (6);
SELECT count(*) FROM t;
---- other
COMMIT;
---- first
SELECT * FROM t;
-- # a writer waits for readers at its COMMIT, which may be tried again
BEGIN;
SELECT count(*) FROM t;
---- other
BEGIN;
INSERT INTO t VALUES (7);
COMMIT;
SELECT count(*) FROM t;
COMMIT;
---- first
SELECT count(*) FROM t;
INSERT INTO t VALUES ('refused');
COMMIT;
---- other
COMMIT;
COMMIT;
---- first
SELECT count(*) FROM t;
-- # IMMEDIATE takes the write lock at once, readers go on
BEGIN IMMEDIATE;
---- other
BEGIN IMMEDIATE;
BEGIN EXCLUSIVE;
INSERT INTO t VALUES ('refused');
SELECT count(*) FROM t;
BEGIN;
INSERT INTO t VALUES ('refused');
ROLLBACK;
---- first
COMMIT;
---- other
INSERT INTO t VALUES (8);
---- first
-- # EXCLUSIVE keeps readers out
BEGIN EXCLUSIVE;
---- other
SELECT count(*) FROM t;
BEGIN;
SELECT count(*) FROM t;
BEGIN IMMEDIATE;
COMMIT;
---- first
INSERT INTO t VALUES (9);
END;
---- other
SELECT count(*) FROM t;
BEGIN;
SELECT count(*) FROM t;
---- first
BEGIN EXCLUSIVE;
BEGIN IMMEDIATE;
ROLLBACK;
---- other
COMMIT;
---- first
-- # COMMIT with open reads is fine; ROLLBACK too, and reads go on unless the schema changed
BEGIN;
INSERT INTO t VALUES (10);
---- open SELECT a FROM t ORDER BY rowid
COMMIT;
---- rest
BEGIN;
UPDATE t SET a = a;
---- open SELECT a FROM t ORDER BY rowid
ROLLBACK;
---- rest
BEGIN;
CREATE TABLE u(x);
---- open SELECT a FROM t ORDER BY rowid
ROLLBACK;
---- rest
-- # COMMIT while another statement writes
BEGIN;
---- open INSERT INTO t VALUES (11), (12) RETURNING a
COMMIT;
---- rest
COMMIT;
SELECT count(*) FROM t;
-- # errors: the statement is undone, the transaction stays; a database that is full
CREATE TABLE k(a UNIQUE, b NOT NULL, c CHECK (c > 0));
BEGIN;
INSERT INTO k VALUES (1, 1, 1);
INSERT INTO k VALUES (2, 2, 2), (1, 1, 1);
INSERT INTO k VALUES (3, NULL, 3);
INSERT INTO k VALUES (4, 4, 0);
SELECT abs(-9223372036854775808);
SELECT json('{');
INSERT INTO k SELECT abs(-9223372036854775808), 1, 1;
SELECT * FROM k;
PRAGMA max_page_count = 1;
INSERT INTO k VALUES (5, zeroblob(100000), 5);
SELECT * FROM k;
INSERT INTO k VALUES (6, 6, 6);
COMMIT;
ROLLBACK;
SELECT a FROM k;
PRAGMA max_page_count = 1000000;
PRAGMA integrity_check;
