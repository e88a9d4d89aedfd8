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
