CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d);
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50) INSERT INTO t SELECT x, x % 7, nullif(x % 3, 0), 'row ' || x FROM n;
-- # unique over a part
CREATE TABLE person(id INTEGER PRIMARY KEY, team, leader);
CREATE UNIQUE INDEX one_leader ON person(team) WHERE leader;
INSERT INTO person VALUES (1, 'a', 1), (2, 'a', 0), (3, 'a', NULL), (4, 'b', 1);
INSERT INTO person VALUES (5, 'a', 1);
UPDATE person SET leader = 1 WHERE id = 2;
UPDATE person SET leader = 0 WHERE id = 1;
UPDATE person SET leader = 1 WHERE id = 2;
SELECT * FROM person WHERE leader ORDER BY id;
-- # used when the condition follows from the query's
CREATE INDEX tc ON t(b) WHERE c IS NOT NULL;
CREATE INDEX tb ON t(d) WHERE b > 3;
CREATE INDEX tin ON t(c) WHERE b = 5 OR b = 6;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2 AND c IS NOT NULL;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2 AND c = 1;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE d = 'row 4' AND b > 3;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE d = 'row 4' AND b > 5;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE c = 1 AND (b = 5 OR b = 6);
EXPLAIN QUERY PLAN SELECT a FROM t WHERE c = 1 AND b = 5;
SELECT a FROM t WHERE b = 2 AND c = 1 ORDER BY a;
SELECT a FROM t WHERE d = 'row 4' AND b > 3;
SELECT count(*) FROM t WHERE c IS NOT NULL AND b = 2;
-- # no subqueries, parameters, non-deterministic functions or other tables
CREATE INDEX bad ON t(b) WHERE a IN (SELECT 1);
CREATE INDEX bad ON t(b) WHERE a = ?;
CREATE INDEX bad ON t(b) WHERE random();
CREATE INDEX bad ON t(b) WHERE person.id = 1;
CREATE INDEX bad ON t(b) WHERE count(*) > 1;
PRAGMA index_list(t);
PRAGMA integrity_check;
