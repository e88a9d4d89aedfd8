-- # ABORT undoes the statement, FAIL keeps what was done, IGNORE skips, REPLACE deletes, ROLLBACK ends the transaction
CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE, c NOT NULL DEFAULT 'd', d CHECK (d < 10));
INSERT INTO t VALUES (1, 1, 'x', 1), (2, 2, 'x', 2);
INSERT OR ABORT INTO t VALUES (3, 3, 'y', 3), (4, 1, 'y', 4), (5, 5, 'y', 5);
SELECT a FROM t;
INSERT OR FAIL INTO t VALUES (3, 3, 'y', 3), (4, 1, 'y', 4), (5, 5, 'y', 5);
SELECT a FROM t;
INSERT OR IGNORE INTO t VALUES (6, 6, 'y', 3), (7, 1, 'y', 4), (8, 8, 'y', 5);
SELECT a FROM t;
INSERT OR REPLACE INTO t VALUES (9, 1, 'z', 3), (2, 3, 'z', 4);
SELECT * FROM t;
BEGIN;
INSERT INTO t VALUES (20, 20, 'in transaction', 1);
INSERT OR ROLLBACK INTO t VALUES (21, 21, 'x', 1), (22, 20, 'x', 1);
COMMIT;
SELECT count(*) FROM t WHERE a >= 20;
BEGIN;
INSERT INTO t VALUES (20, 20, 'in transaction', 1);
INSERT INTO t VALUES (21, 20, 'x', 1);
COMMIT;
SELECT count(*) FROM t WHERE a >= 20;
-- # NOT NULL with each
INSERT OR REPLACE INTO t VALUES (30, 30, NULL, 1);
INSERT OR IGNORE INTO t VALUES (31, 31, NULL, 1);
INSERT OR FAIL INTO t VALUES (32, 32, 'ok', 1), (33, 33, NULL, 1);
SELECT a, c FROM t WHERE a >= 30;
-- # CHECK with each: REPLACE aborts, IGNORE skips
INSERT OR REPLACE INTO t VALUES (40, 40, 'x', 100);
INSERT OR IGNORE INTO t VALUES (41, 41, 'x', 100), (42, 42, 'x', 1);
SELECT a FROM t WHERE a >= 40;
-- # UPDATE with each
UPDATE OR IGNORE t SET b = 42 WHERE a < 10;
UPDATE OR REPLACE t SET b = 42 WHERE a = 9;
SELECT * FROM t;
UPDATE OR FAIL t SET d = d + 5;
SELECT a, d FROM t;
UPDATE OR ROLLBACK t SET a = 9;
-- # constraint clauses and statement clauses together
CREATE TABLE u(a UNIQUE ON CONFLICT IGNORE, b UNIQUE ON CONFLICT REPLACE, c UNIQUE ON CONFLICT FAIL, d UNIQUE);
INSERT INTO u VALUES (1, 1, 1, 1);
INSERT INTO u VALUES (1, 2, 2, 2);
INSERT INTO u VALUES (2, 1, 2, 2);
INSERT INTO u VALUES (3, 3, 2, 3);
INSERT INTO u VALUES (3, 3, 3, 2);
INSERT OR REPLACE INTO u VALUES (2, 9, 9, 9);
INSERT OR ABORT INTO u VALUES (2, 10, 10, 10);
SELECT * FROM u;
-- # REPLACE fires delete triggers only with recursive_triggers
CREATE TABLE log(x);
CREATE TRIGGER u_delete AFTER DELETE ON u BEGIN INSERT INTO log VALUES ('deleted ' || old.a); END;
REPLACE INTO u VALUES (2, 11, 11, 11);
SELECT * FROM log;
PRAGMA recursive_triggers = ON;
REPLACE INTO u VALUES (2, 12, 12, 12);
SELECT * FROM log;
