-- # ordinary common table expressions
WITH t AS (SELECT 1 AS x), u(y) AS (SELECT x + 1 FROM t) SELECT * FROM t, u;
WITH t(a, b) AS (SELECT 1) SELECT * FROM t;
WITH t AS (SELECT 1), t AS (SELECT 2) SELECT * FROM t;
WITH t AS (SELECT 1 AS x) SELECT (SELECT x FROM t) + (SELECT x FROM t);
WITH unused AS (SELECT nosuch FROM nowhere) SELECT 1;
WITH t AS MATERIALIZED (SELECT 1 AS x), u AS NOT MATERIALIZED (SELECT 2 AS y) SELECT * FROM t, u;
-- # they hide tables and views of the same name
CREATE TABLE n(x);
INSERT INTO n VALUES (100);
WITH n AS (SELECT 5 AS x) SELECT x FROM n;
WITH n AS (SELECT 5 AS x) SELECT x FROM main.n;
-- # with INSERT, UPDATE, DELETE
WITH t AS (SELECT 7 AS x) INSERT INTO n SELECT x FROM t;
WITH t AS (SELECT 7 AS x) UPDATE n SET x = x + 1 WHERE x IN (SELECT x FROM t);
WITH t AS (SELECT 8 AS x) DELETE FROM n WHERE x IN t;
INSERT INTO n WITH t AS (SELECT 9 AS x) SELECT x FROM t;
SELECT * FROM n;
-- # recursive ones: UNION ALL, UNION, LIMIT
WITH RECURSIVE cnt(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM cnt WHERE x < 10) SELECT group_concat(x) FROM cnt;
WITH RECURSIVE cnt(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM cnt LIMIT 5) SELECT * FROM cnt;
WITH RECURSIVE cnt(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM cnt LIMIT 5 OFFSET 2) SELECT * FROM cnt;
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT (x * 3) % 7 FROM c) SELECT * FROM c;
WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) SELECT * FROM c;
-- # trees, depth first and breadth first by ORDER BY
CREATE TABLE org(name TEXT PRIMARY KEY, boss TEXT REFERENCES org) WITHOUT ROWID;
INSERT INTO org VALUES ('Alice', NULL), ('Bob', 'Alice'), ('Cindy', 'Alice'), ('Dave', 'Bob'), ('Emma', 'Bob'), ('Fred', 'Cindy'), ('Gail', 'Cindy');
WITH RECURSIVE under(name, level) AS (VALUES ('Alice', 0) UNION ALL SELECT org.name, under.level + 1 FROM org JOIN under ON org.boss = under.name ORDER BY 2) SELECT substr('..........', 1, level * 3) || name FROM under;
WITH RECURSIVE under(name, level) AS (VALUES ('Alice', 0) UNION ALL SELECT org.name, under.level + 1 FROM org JOIN under ON org.boss = under.name ORDER BY 2 DESC) SELECT substr('..........', 1, level * 3) || name FROM under;
WITH RECURSIVE under(name, level) AS (VALUES ('Alice', 0) UNION ALL SELECT org.name, under.level + 1 FROM org, under WHERE org.boss = under.name) SELECT avg(level), max(level) FROM under;
-- # several recursive terms
CREATE TABLE edge(aa INT, bb INT);
INSERT INTO edge VALUES (1, 2), (2, 3), (5, 1), (7, 8);
WITH RECURSIVE nodes(x) AS (SELECT 1 UNION SELECT aa FROM edge JOIN nodes ON bb = x UNION SELECT bb FROM edge JOIN nodes ON aa = x) SELECT x FROM nodes ORDER BY x;
-- # what recursion may not do
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT count(*) FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c, c AS d) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT x + 1 FROM c UNION ALL SELECT 1) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT x FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT (SELECT x FROM c) + 1) SELECT * FROM c LIMIT 3;
WITH RECURSIVE c(x) AS (SELECT 1 EXCEPT SELECT x FROM c) SELECT * FROM c;
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a;
-- # outlandish ones: Mandelbrot's set and a sudoku
WITH RECURSIVE xaxis(x) AS (VALUES (-2.0) UNION ALL SELECT x + 0.05 FROM xaxis WHERE x < 1.2), yaxis(y) AS (VALUES (-1.0) UNION ALL SELECT y + 0.1 FROM yaxis WHERE y < 1.0), m(iter, cx, cy, x, y) AS (SELECT 0, x, y, 0.0, 0.0 FROM xaxis, yaxis UNION ALL SELECT iter + 1, cx, cy, x * x - y * y + cx, 2.0 * x * y + cy FROM m WHERE (x * x + y * y) < 4.0 AND iter < 28), m2(iter, cx, cy) AS (SELECT max(iter), cx, cy FROM m GROUP BY cx, cy), a(t) AS (SELECT group_concat(substr(' .+*#', 1 + min(iter / 7, 4), 1), '') FROM m2 GROUP BY cy) SELECT group_concat(rtrim(t), x'0a') FROM a;
WITH RECURSIVE input(sud) AS (VALUES ('53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79')), digits(z, lp) AS (VALUES ('1', 1) UNION ALL SELECT CAST(lp + 1 AS TEXT), lp + 1 FROM digits WHERE lp < 9), x(s, ind) AS (SELECT sud, instr(sud, '.') FROM input UNION ALL SELECT substr(s, 1, ind - 1) || z || substr(s, ind + 1), instr(substr(s, 1, ind - 1) || z || substr(s, ind + 1), '.') FROM x, digits AS z WHERE ind > 0 AND NOT EXISTS (SELECT 1 FROM digits AS lp WHERE z.z = substr(s, ((ind - 1) / 9) * 9 + lp, 1) OR z.z = substr(s, ((ind - 1) % 9) + (lp - 1) * 9 + 1, 1) OR z.z = substr(s, (((ind - 1) / 3) % 3) * 3 + ((ind - 1) / 27) * 27 + lp + ((lp - 1) / 3) * 6, 1))) SELECT s FROM x WHERE ind = 0;
---- new
CREATE TABLE n(x);
INSERT INTO n VALUES (100);
-- # WITH in subqueries, views, triggers, nested; scope of names
SELECT (WITH a AS (SELECT 1 AS v) SELECT v FROM a), (SELECT x FROM n);
SELECT * FROM (WITH a AS (SELECT 1 AS v) SELECT v FROM a);
WITH a AS (SELECT 1 AS v), b AS (WITH a AS (SELECT 2 AS v) SELECT v FROM a) SELECT a.v, b.v FROM a, b;
WITH a AS (SELECT 1 AS v) SELECT (WITH a AS (SELECT v + 10 AS v FROM a) SELECT v FROM a);
WITH b AS (SELECT v FROM a), a AS (SELECT 1 AS v) SELECT * FROM b;
CREATE VIEW vw AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3) SELECT i FROM c;
SELECT * FROM vw;
WITH vw AS (SELECT 'mine' AS i) SELECT i FROM vw;
WITH a AS (SELECT 1) SELECT * FROM main.a;
WITH a AS (SELECT 1 AS v) SELECT * FROM a AS p JOIN a AS q ON p.v = q.v;
WITH a(p, q) AS (VALUES (1, 2), (3, 4)) SELECT q, p FROM a ORDER BY p DESC;
WITH a(p) AS (SELECT 1, 2) SELECT * FROM a;
WITH a(p, p) AS (SELECT 1, 2) SELECT * FROM a;
WITH a() AS (SELECT 1) SELECT * FROM a;
WITH a AS (INSERT INTO n VALUES (1) RETURNING x) SELECT * FROM a;
WITH a AS (VALUES (1)) SELECT * FROM a;
WITH a AS NOT MATERIALIZED (SELECT random() AS r) SELECT count(*) FROM a AS p, a AS q WHERE p.r = q.r OR 1;
WITH a AS MATERIALIZED (SELECT 1) SELECT * FROM a;
WITH a AS MATERIALISED (SELECT 1) SELECT * FROM a;
WITH SELECT 1;
WITH a AS (SELECT 1);
WITH a SELECT 1;
WITH RECURSIVE a AS (SELECT 1 AS v) SELECT v FROM a;
WITH RECURSIVE SELECT 1;
-- # with writing statements
WITH a AS (SELECT 5 AS v) INSERT INTO n SELECT v FROM a RETURNING x;
WITH a AS (SELECT 5 AS v) UPDATE n SET x = (SELECT v + 1 FROM a) WHERE x = 5 RETURNING x;
WITH a AS (SELECT 6 AS v) DELETE FROM n WHERE x = (SELECT v FROM a) RETURNING x;
WITH a AS (SELECT 7 AS v) REPLACE INTO n SELECT v FROM a;
INSERT INTO n WITH a AS (SELECT 8 AS v) SELECT v FROM a;
CREATE TABLE made AS WITH a AS (SELECT 8 AS v) SELECT v FROM a;
SELECT * FROM made;
WITH a AS (SELECT 1) CREATE TABLE x(y);
WITH n AS (SELECT 1 AS x) INSERT INTO n VALUES (9);
WITH n AS (SELECT 1 AS x) UPDATE n SET x = x + 1;
WITH n AS (SELECT 1 AS x) DELETE FROM n WHERE x IN (SELECT x FROM n);
SELECT * FROM n ORDER BY x;
-- # the queue: LIMIT, OFFSET, ORDER BY, UNION drops rows seen before, NULLs are equal
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 0) SELECT count(*) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20 LIMIT -1) SELECT count(*) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20 LIMIT 3 OFFSET 15) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x * 2 FROM c WHERE x < 50 UNION ALL SELECT x * 3 FROM c WHERE x < 50 ORDER BY 1 LIMIT 12) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x * 2 FROM c WHERE x < 50 ORDER BY 1 DESC) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT NULL UNION SELECT NULL FROM c) SELECT count(*) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT 1.0 FROM c) SELECT count(*), typeof(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 'a' UNION SELECT upper(x) FROM c) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 'a' COLLATE nocase UNION SELECT upper(x) FROM c) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (VALUES (1), (10) UNION ALL SELECT x + 1 FROM c WHERE x IN (1, 2, 10)) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT 2 UNION ALL SELECT x + 10 FROM c WHERE x < 20) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 2 UNION ALL SELECT x + 10 FROM c WHERE x < 20) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x, y) AS (SELECT 1, 'a' UNION ALL SELECT x + 1, y || x FROM c WHERE x < 4) SELECT y, x FROM c WHERE x > 1 ORDER BY x DESC LIMIT 2;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM (SELECT x FROM c) WHERE x < 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT c.x + n.x FROM c, n WHERE c.x < 12) SELECT count(*) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT c.x + 1 FROM c LEFT JOIN n ON n.x = c.x WHERE c.x < 5) SELECT count(*) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT c.x + 1 FROM n LEFT JOIN c ON 1 WHERE c.x < 5) SELECT count(*) FROM c;
WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a WHERE x < 3), b(y) AS (SELECT x FROM a UNION ALL SELECT y * 10 FROM b WHERE y < 100) SELECT group_concat(y) FROM b;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT p.x, q.x FROM c AS p, c AS q WHERE p.x + q.x = 7;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT (SELECT sum(x) FROM c), (SELECT count(*) FROM c WHERE x > 2);
-- # what is no recursion
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT sum(x) FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT row_number() OVER () FROM c LIMIT 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT DISTINCT x + 1 FROM c WHERE x < 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c GROUP BY x LIMIT 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < (SELECT max(x) FROM c)) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT x FROM c UNION ALL SELECT 1) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 INTERSECT SELECT x FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c UNION SELECT x FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c WHERE x < 3 UNION SELECT 99) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT 5 UNION ALL SELECT x + 1 FROM c WHERE x < 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x, x FROM c) SELECT * FROM c;
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a;
WITH RECURSIVE c(x) AS (SELECT 1 LIMIT 1 UNION ALL SELECT x + 1 FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM main.c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c AS d WHERE d.x < 3) SELECT * FROM c;
-- # family trees, walks of graphs, dates
CREATE TABLE family(name TEXT PRIMARY KEY, mom, dad, born, died);
INSERT INTO family VALUES ('Alice', 'Mia', 'Don', 1990, NULL), ('Mia', 'Gran', NULL, 1965, NULL), ('Don', NULL, 'Gramps', 1960, 2010), ('Gran', NULL, NULL, 1940, NULL), ('Gramps', NULL, NULL, 1935, NULL);
WITH RECURSIVE parent_of(name, parent) AS (SELECT name, mom FROM family UNION SELECT name, dad FROM family), ancestor(name) AS (SELECT parent FROM parent_of WHERE name = 'Alice' UNION ALL SELECT parent FROM parent_of JOIN ancestor USING (name)) SELECT family.name FROM ancestor, family WHERE ancestor.name = family.name AND died IS NULL ORDER BY born;
WITH RECURSIVE dates(d) AS (VALUES ('2024-02-27') UNION ALL SELECT date(d, '+1 day') FROM dates WHERE d < '2024-03-02') SELECT group_concat(d, ' ') FROM dates;
EXPLAIN QUERY PLAN WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT * FROM c;
EXPLAIN QUERY PLAN WITH a AS MATERIALIZED (SELECT x FROM n) SELECT * FROM a AS p, a AS q;
---- new
-- # ancestors, the most recent first, by ORDER BY and LIMIT in the recursion
CREATE TABLE checkin(id INTEGER PRIMARY KEY, mtime INTEGER);
CREATE TABLE derivedfrom(xfrom INTEGER NOT NULL REFERENCES checkin, xto INTEGER NOT NULL REFERENCES checkin, PRIMARY KEY (xfrom, xto));
CREATE INDEX derivedfrom_back ON derivedfrom(xto, xfrom);
INSERT INTO checkin WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i, i * 10 FROM n;
INSERT INTO derivedfrom SELECT id - 1, id FROM checkin WHERE id > 1 UNION SELECT id - 7, id FROM checkin WHERE id % 5 = 0 AND id > 7;
WITH RECURSIVE ancestor(id, mtime) AS (SELECT id, mtime FROM checkin WHERE id = 50 UNION SELECT derivedfrom.xfrom, checkin.mtime FROM ancestor, derivedfrom, checkin WHERE ancestor.id = derivedfrom.xto AND checkin.id = derivedfrom.xfrom ORDER BY checkin.mtime DESC LIMIT 20) SELECT * FROM checkin JOIN ancestor USING (id);
-- # an organization: average height below Alice
CREATE TABLE org(name TEXT PRIMARY KEY, boss TEXT REFERENCES org, height INT);
INSERT INTO org VALUES ('Alice', NULL, 170), ('Bob', 'Alice', 180), ('Cy', 'Bob', 160), ('Zed', NULL, 200);
WITH RECURSIVE works_for_alice(n) AS (VALUES ('Alice') UNION SELECT name FROM org, works_for_alice WHERE org.boss = works_for_alice.n) SELECT avg(height) FROM org WHERE org.name IN works_for_alice;
-- # counting needs no table of all rows, UNION keeps what was seen
WITH RECURSIVE cnt(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM cnt WHERE x < 10000) SELECT count(*), sum(x) FROM cnt;
WITH RECURSIVE cnt(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM cnt LIMIT 10000) SELECT max(x) FROM cnt;
WITH RECURSIVE loop(x) AS (SELECT 1 UNION SELECT (x + 1) % 100 FROM loop) SELECT count(*), min(x) FROM loop;
WITH RECURSIVE forever(x) AS (SELECT 1 UNION ALL SELECT x FROM forever) SELECT x FROM forever LIMIT 3;
-- # OFFSET rows are processed and left out, LIMIT counts after them
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 3 OFFSET 2) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9 LIMIT -1 OFFSET 5) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9 LIMIT 100 OFFSET -5) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 9 LIMIT 'x') SELECT group_concat(x) FROM c;
-- # where the recursive table may not stand
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x IN (SELECT x FROM c)) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT (SELECT max(x) FROM c) UNION ALL SELECT x + 1 FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM org LEFT JOIN c ON EXISTS (SELECT 1 FROM c)) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c UNION SELECT x + 2 FROM c) SELECT * FROM c LIMIT 3;
WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c WHERE x < 3 UNION ALL SELECT x + 2 FROM c WHERE x < 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3 UNION ALL SELECT x * 10 FROM c WHERE x < 3) SELECT group_concat(x) FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 ORDER BY 1 UNION ALL SELECT x + 1 FROM c) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c EXCEPT SELECT 3) SELECT * FROM c;
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT max(x) OVER () + 1 FROM c WHERE x < 3) SELECT * FROM c;
-- # hints; equal answers whichever is chosen
CREATE TABLE nums(n);
INSERT INTO nums VALUES (1), (2), (3);
WITH m AS MATERIALIZED (SELECT n * 2 AS d FROM nums) SELECT * FROM m AS a, m AS b WHERE a.d = b.d;
WITH m AS NOT MATERIALIZED (SELECT n * 2 AS d FROM nums) SELECT * FROM m AS a, m AS b WHERE a.d = b.d;
EXPLAIN QUERY PLAN WITH m AS NOT MATERIALIZED (SELECT n * 2 AS d FROM nums) SELECT * FROM m WHERE d = 4;
EXPLAIN QUERY PLAN WITH m AS MATERIALIZED (SELECT n * 2 AS d FROM nums) SELECT * FROM m WHERE d = 4;
EXPLAIN QUERY PLAN WITH m AS (SELECT n * 2 AS d FROM nums) SELECT * FROM m WHERE d = 4;
WITH m AS (SELECT random() AS r) SELECT (SELECT r FROM m) = (SELECT r FROM m);
-- # not in triggers, not after a compound operator; RECURSIVE is a word only
CREATE TRIGGER g1 AFTER INSERT ON nums BEGIN WITH a AS (SELECT 1) INSERT INTO nums SELECT * FROM a; END;
CREATE TRIGGER g2 AFTER INSERT ON nums BEGIN WITH a AS (SELECT 1) DELETE FROM nums; END;
CREATE TRIGGER g3 AFTER INSERT ON nums BEGIN WITH a AS (SELECT 1) SELECT * FROM a; END;
CREATE TRIGGER g4 AFTER INSERT ON nums WHEN new.n > 100 BEGIN INSERT INTO nums SELECT * FROM (WITH a AS (SELECT 7) SELECT * FROM a); END;
INSERT INTO nums VALUES (101);
SELECT count(*) FROM nums;
SELECT 1 UNION WITH a AS (SELECT 2) SELECT * FROM a;
SELECT 1 UNION SELECT * FROM (WITH a AS (SELECT 2) SELECT * FROM a);
WITH recursive AS (SELECT 5 AS v) SELECT v FROM recursive;
WITH RECURSIVE recursive(v) AS (SELECT 5) SELECT v FROM recursive;
WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) DELETE FROM nums WHERE n IN (SELECT x FROM c);
SELECT * FROM nums;
