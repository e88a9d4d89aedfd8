-- # INSERT, UPDATE and DELETE give back a row for each row that they changed
CREATE TABLE t0(a INTEGER PRIMARY KEY, b DATE DEFAULT '2020-01-01', c INTEGER);
INSERT INTO t0(c) VALUES (11), (22) RETURNING *;
INSERT INTO t0(c) VALUES (33) RETURNING a, c + 1 AS "next", typeof(b), rowid;
UPDATE t0 SET c = c * 10 WHERE a < 3 RETURNING a, c;
DELETE FROM t0 WHERE a = 2 RETURNING *;
SELECT * FROM t0;
-- # no rows, no result rows
UPDATE t0 SET c = 1 WHERE a = 100 RETURNING *;
DELETE FROM t0 WHERE 0 RETURNING a;
INSERT OR IGNORE INTO t0(a) VALUES (1) RETURNING *;
-- # expressions, subqueries, aliases; values after the change
UPDATE t0 SET c = -c RETURNING a, abs(c), (SELECT count(*) FROM t0), CASE WHEN c < -50 THEN 'low' ELSE 'high' END;
INSERT INTO t0(c) SELECT c FROM t0 RETURNING a > 2, c;
-- # REPLACE, upsert and UPDATE FROM
REPLACE INTO t0 VALUES (1, 'x', 5) RETURNING *;
INSERT INTO t0(a, c) VALUES (1, 7) ON CONFLICT(a) DO UPDATE SET c = excluded.c + t0.c RETURNING a, c;
CREATE TABLE src(k, v);
INSERT INTO src VALUES (1, 'one'), (3, 'three');
UPDATE t0 SET b = v FROM src WHERE a = k RETURNING a, b;
UPDATE t0 SET b = v FROM src WHERE a = k RETURNING v;
-- # only columns of the table itself; aggregates and windows are refused
UPDATE t0 SET c = 1 RETURNING nosuch;
DELETE FROM t0 RETURNING count(*);
DELETE FROM t0 RETURNING row_number() OVER ();
DELETE FROM t0 RETURNING *, src.k;
DELETE FROM t0 RETURNING t0.*;
SELECT count(*) FROM t0;
-- # not as a subquery
SELECT * FROM (DELETE FROM t0 RETURNING a);
INSERT INTO src DELETE FROM t0 RETURNING a, b;
-- # changes made by triggers and foreign keys do not show
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE ch(id INTEGER PRIMARY KEY, pid REFERENCES p ON DELETE CASCADE);
PRAGMA foreign_keys = ON;
INSERT INTO p VALUES (1), (2);
INSERT INTO ch VALUES (10, 1), (11, 1);
DELETE FROM p WHERE id = 1 RETURNING id;
SELECT * FROM ch;
CREATE TABLE audit(x);
CREATE TRIGGER p_after AFTER INSERT ON p BEGIN UPDATE p SET id = id + 100 WHERE id = new.id; INSERT INTO audit VALUES (new.id); END;
INSERT INTO p VALUES (5) RETURNING id;
SELECT * FROM p ORDER BY id;
SELECT * FROM audit;
-- # on views with INSTEAD OF triggers
CREATE VIEW v AS SELECT id, id * 2 AS twice FROM p;
CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO p VALUES (new.id); END;
INSERT INTO v(id) VALUES (50) RETURNING id, twice;
-- # WITHOUT ROWID tables and generated columns
CREATE TABLE w(k TEXT PRIMARY KEY, n INT, g AS (n + 1)) WITHOUT ROWID;
INSERT INTO w VALUES ('b', 2), ('a', 1) RETURNING *;
UPDATE w SET k = k || k RETURNING k, g;
DELETE FROM w RETURNING g, k;
