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
---- file
-- # one row for each row deleted, inserted or updated, of tables and values by default
CREATE TABLE r(id INTEGER PRIMARY KEY, w DATE DEFAULT (date('2024-02-29', '+1 year')), n INT, g AS (n * 2), s AS (n + id) STORED);
INSERT INTO r(n) VALUES (abs(random()) % 1) RETURNING *;
INSERT INTO r DEFAULT VALUES RETURNING *;
INSERT INTO r(n) SELECT n + 5 FROM r RETURNING id, n, g, s;
UPDATE r SET n = 7 WHERE id <= 2 RETURNING *;
UPDATE r SET id = id + 10 RETURNING id, rowid, s;
DELETE FROM r WHERE id > 12 RETURNING *;
UPDATE r SET n = n RETURNING changes() >= 0;
-- # the list: expressions, names, *, several *
UPDATE r SET n = 1 RETURNING n AS x, n y, "n", n AS 'quoted', -n, n || 'text', *, *;
UPDATE r SET n = 1 RETURNING r.n, main.r.n;
UPDATE r SET n = 1 RETURNING r.*;
UPDATE r AS al SET n = 2 RETURNING al.n, al.id;
UPDATE r AS al SET n = 2 RETURNING r.n;
INSERT INTO r AS al(n) VALUES (3) RETURNING al.n;
DELETE FROM r AS al WHERE id = 13 RETURNING al.n;
UPDATE r SET n = 1 RETURNING;
UPDATE r SET n = 1 RETURNING n,;
UPDATE r SET n = 1 RETURNING n WHERE n = 1;
UPDATE r SET n = 1 RETURNING DISTINCT n;
UPDATE r SET n = 1 RETURNING n ORDER BY n;
UPDATE r SET n = 1 RETURNING old.n;
UPDATE r SET n = 1 RETURNING new.n;
UPDATE r SET n = 1 RETURNING n = 1 AND id > 11 AS both, CAST(n AS TEXT), (n, id) = (1, 11);
UPDATE r SET n = 1 RETURNING (n, id);
UPDATE r SET n = 1 RETURNING ?1;
-- # after the change for INSERT and UPDATE, before it for DELETE
UPDATE r SET n = n + 100 WHERE id = 11 RETURNING n, (SELECT n FROM r WHERE id = 11), (SELECT n FROM r AS x WHERE x.id = r.id);
INSERT INTO r(id, n) VALUES (50, 1), (51, 2) RETURNING n, (SELECT max(id) FROM r);
DELETE FROM r WHERE id >= 50 RETURNING id, (SELECT count(*) FROM r);
CREATE TABLE aff(i INT, t TEXT, x BLOB, q REAL);
INSERT INTO aff VALUES ('5', 5, '5', 5) RETURNING typeof(i), typeof(t), typeof(x), typeof(q), *;
UPDATE aff SET i = '7.0', q = '3' RETURNING *;
-- # subqueries with aggregates and windows may be in it, at the top neither
UPDATE r SET n = n RETURNING id, (SELECT count(*) || '/' || sum(id) FROM r), (SELECT group_concat(x) FROM (SELECT row_number() OVER (ORDER BY id) AS x FROM r));
UPDATE r SET n = n RETURNING max(n);
UPDATE r SET n = n RETURNING max(n, 1), min(id, 5);
UPDATE r SET n = n RETURNING sum(n) + 1;
UPDATE r SET n = n RETURNING rank() OVER (ORDER BY n);
UPDATE r SET n = n RETURNING total(n) OVER ();
UPDATE r SET n = n RETURNING (SELECT max(r.n));
UPDATE r SET n = n RETURNING EXISTS (SELECT 1 FROM aff), n IN (SELECT n FROM r);
-- # an upsert gives inserted and updated rows, but not those left alone
CREATE TABLE up(k PRIMARY KEY, v DEFAULT 0);
INSERT INTO up(k) VALUES ('a'), ('b') RETURNING *;
INSERT INTO up(k) VALUES ('a'), ('c'), ('b'), ('a') ON CONFLICT (k) DO UPDATE SET v = v + 1 RETURNING k, v;
INSERT INTO up(k) VALUES ('a'), ('d') ON CONFLICT (k) DO NOTHING RETURNING k;
INSERT INTO up(k) VALUES ('a'), ('b') ON CONFLICT (k) DO UPDATE SET v = 50 WHERE k = 'b' RETURNING k, v;
INSERT INTO up(k) VALUES ('a') ON CONFLICT (k) DO UPDATE SET k = 'z' RETURNING k, excluded.k;
INSERT OR IGNORE INTO up(k) VALUES ('a'), ('e'), ('b') RETURNING *;
INSERT OR REPLACE INTO up(k) VALUES ('a'), ('f') RETURNING *;
UPDATE OR IGNORE up SET k = 'a' WHERE k IN ('b', 'c') RETURNING *;
UPDATE OR REPLACE up SET k = 'a' WHERE k IN ('b') RETURNING *;
-- # all changes are made before the first row comes
---- open INSERT INTO up(k) VALUES ('s1'), ('s2'), ('s3') RETURNING k
SELECT count(*) FROM up WHERE k LIKE 's_';
---- rest
---- open DELETE FROM up WHERE k LIKE 's_' RETURNING k
SELECT count(*) FROM up WHERE k LIKE 's_';
---- rest
SELECT k FROM up;
INSERT INTO up(k) VALUES ('t1'), ('t2'), ('a') RETURNING k;
SELECT count(*) FROM up WHERE k LIKE 't_';
INSERT OR FAIL INTO up(k) VALUES ('t1'), ('t2'), ('a') RETURNING k;
SELECT count(*) FROM up WHERE k LIKE 't_';
-- # not committed before the statement ends
---- other
PRAGMA busy_timeout = 0;
---- first
BEGIN;
INSERT INTO up(k) VALUES ('u') RETURNING k;
---- other
SELECT count(*) FROM up WHERE k = 'u';
---- first
ROLLBACK;
---- open INSERT INTO up(k) VALUES ('u1'), ('u2') RETURNING k
---- other
SELECT count(*) FROM up WHERE k LIKE 'u_';
INSERT INTO up(k) VALUES ('refused');
---- first
---- rest
---- other
SELECT count(*) FROM up WHERE k LIKE 'u_';
---- first
-- # not of virtual tables, triggers, subqueries, WITH, views
DELETE FROM dbstat RETURNING name;
UPDATE dbstat SET name = 1 RETURNING name;
DELETE FROM pragma_table_info RETURNING name;
CREATE TRIGGER tr AFTER INSERT ON r BEGIN INSERT INTO up(k) VALUES (new.id) RETURNING k; END;
CREATE TRIGGER tr AFTER INSERT ON r BEGIN UPDATE up SET v = 1 RETURNING k; END;
CREATE TRIGGER tr AFTER INSERT ON r BEGIN DELETE FROM up RETURNING k; END;
WITH c AS (DELETE FROM up RETURNING k) SELECT * FROM c;
SELECT (INSERT INTO up(k) VALUES (1) RETURNING k);
INSERT INTO aff(i) VALUES ((DELETE FROM up RETURNING k));
CREATE VIEW vw AS DELETE FROM up RETURNING k;
CREATE TABLE ct AS DELETE FROM up RETURNING k;
EXPLAIN QUERY PLAN DELETE FROM up WHERE k = 'a' RETURNING (SELECT count(*) FROM r);
-- # triggers and foreign keys neither add rows nor change values
CREATE TRIGGER r_before BEFORE UPDATE ON r BEGIN UPDATE r SET w = 'before' WHERE id = new.id; END;
CREATE TRIGGER r_after AFTER UPDATE OF n ON r BEGIN UPDATE r SET w = 'after', n = -1 WHERE id = new.id; INSERT INTO aff(i) VALUES (new.n); END;
UPDATE r SET n = 5 WHERE id = 11 RETURNING id, w, n, g;
SELECT id, w, n, g FROM r WHERE id = 11;
CREATE TRIGGER aff_ignore BEFORE INSERT ON aff WHEN new.i = 0 BEGIN SELECT raise(IGNORE); END;
INSERT INTO aff(i) VALUES (0), (1) RETURNING i;
CREATE TRIGGER aff_gone BEFORE DELETE ON aff BEGIN DELETE FROM aff WHERE i > old.i; END;
DELETE FROM aff RETURNING i;
SELECT i FROM aff;
-- # only the table itself: no table of UPDATE FROM
UPDATE r SET n = up.v FROM up WHERE r.id = 11 AND up.k = 'a' RETURNING r.id, n;
UPDATE r SET n = up.v FROM up WHERE r.id = 11 AND up.k = 'a' RETURNING up.k;
UPDATE r SET n = up.v FROM up WHERE r.id = 11 AND up.k = 'a' RETURNING k;
UPDATE r SET n = up.v FROM up WHERE r.id = 11 AND up.k = 'a' RETURNING *;
UPDATE r SET n = q.v FROM (SELECT 5 AS v) AS q RETURNING (SELECT v FROM up LIMIT 1), id;
WITH c(x) AS (VALUES (1)) UPDATE r SET n = x FROM c RETURNING x;
WITH c(x) AS (VALUES (1)) UPDATE r SET n = x FROM c RETURNING id, (SELECT x FROM c);
WITH c(x) AS (VALUES (1)) INSERT INTO r(n) SELECT x FROM c RETURNING c.x;
WITH c(x) AS (VALUES (1)) INSERT INTO r(n) VALUES (5) RETURNING n, (SELECT x FROM c), n IN c;
WITH c(x) AS (SELECT max(id) FROM r) INSERT INTO r(n) SELECT x FROM c RETURNING n - (SELECT x FROM c);
WITH c(x) AS (SELECT max(id) FROM r) DELETE FROM r WHERE id IN c RETURNING id, (SELECT x FROM c);
WITH c(x) AS (SELECT max(id) FROM r) UPDATE r SET n = x FROM c WHERE id = x RETURNING id, n, (SELECT x FROM c);
INSERT INTO r(n) VALUES (1) RETURNING main.r.n;
DELETE FROM main.r WHERE main.r.id > 0 RETURNING main.r.n;
UPDATE r SET n = 1 RETURNING (SELECT main.r.n);
EXPLAIN QUERY PLAN INSERT INTO r(n) VALUES (1) RETURNING (SELECT 1 FROM up);
EXPLAIN QUERY PLAN UPDATE r SET n = (SELECT 1 FROM up) WHERE id = (SELECT 2 FROM up) RETURNING (SELECT 3 FROM up);
-- # with ORDER BY and LIMIT the right rows, in any order
-- unordered
DELETE FROM r WHERE id > 0 RETURNING id ORDER BY id LIMIT 1;
CREATE TABLE o(a, b);
INSERT INTO o VALUES (1, 'x'), (2, 'w'), (3, 'v');
-- unordered
UPDATE o SET b = b || '!' WHERE a > 0 ORDER BY b LIMIT 2 RETURNING a, b;
-- unordered
DELETE FROM o ORDER BY a DESC LIMIT 1 OFFSET 1 RETURNING a;
SELECT * FROM o;
