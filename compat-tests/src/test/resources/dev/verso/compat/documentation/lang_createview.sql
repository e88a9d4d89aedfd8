CREATE TABLE t(a, b);
INSERT INTO t VALUES (1, 'x'), (2, 'y');
-- # names, column lists, IF NOT EXISTS, TEMP
CREATE VIEW v AS SELECT a, b || '!' AS shout FROM t;
CREATE VIEW v AS SELECT 1;
CREATE VIEW IF NOT EXISTS v AS SELECT nosuch;
CREATE VIEW w(one, two) AS SELECT a, b FROM t;
CREATE VIEW w2(one) AS SELECT a, b FROM t;
CREATE TEMP VIEW tv AS SELECT * FROM v WHERE a > 1;
CREATE VIEW main.mv AS SELECT * FROM t;
SELECT * FROM v;
SELECT one, two FROM w;
SELECT * FROM w2;
SELECT * FROM tv;
PRAGMA table_info(w);
SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE type = 'view';
-- # read-only
INSERT INTO v VALUES (1, 2);
UPDATE v SET a = 1;
DELETE FROM v;
-- # of views, joins, compounds, aggregates; duplicate column names
CREATE VIEW vv AS SELECT v.a, w.two FROM v JOIN w ON v.a = w.one UNION ALL SELECT count(*), max(b) FROM t ORDER BY 1;
SELECT * FROM vv;
CREATE VIEW dup AS SELECT a, a, b AS a FROM t;
SELECT * FROM dup;
CREATE VIEW star AS SELECT * FROM t;
-- # what a view names need not exist until it is used; parameters may not be in it
CREATE VIEW broken AS SELECT * FROM nowhere;
SELECT * FROM broken;
CREATE VIEW par AS SELECT ?;
CREATE VIEW circle1 AS SELECT * FROM circle2;
CREATE VIEW circle2 AS SELECT * FROM circle1;
SELECT * FROM circle1;
-- # a view in main does not see temporary tables by schema name
CREATE TEMP TABLE onlytemp(x);
CREATE VIEW bad AS SELECT * FROM temp.onlytemp;
-- # DROP VIEW
DROP VIEW v;
SELECT * FROM tv;
DROP VIEW v;
DROP VIEW IF EXISTS v;
DROP VIEW t;
DROP TABLE w;
CREATE INDEX i ON w(one);
---- file
-- # TEMP and schemas
CREATE TABLE t(a, b);
INSERT INTO t VALUES (1, 'x'), (2, 'y');
ATTACH '{{dir}}/o.db' AS o;
CREATE TEMPORARY VIEW tv AS SELECT a FROM t;
CREATE TEMP VIEW temp.tv2 AS SELECT a FROM t;
CREATE TEMP VIEW main.tv3 AS SELECT a FROM t;
CREATE TEMP VIEW o.tv3 AS SELECT a FROM t;
CREATE VIEW temp.tv4 AS SELECT a FROM t;
CREATE VIEW nosuch.v AS SELECT 1;
CREATE VIEW o.ov AS SELECT 5 AS five;
CREATE VIEW o.t AS SELECT 'of o' AS a;
CREATE VIEW plain AS SELECT a, b FROM t;
SELECT name FROM sqlite_temp_schema ORDER BY name;
SELECT name FROM o.sqlite_schema ORDER BY name;
SELECT name FROM main.sqlite_schema ORDER BY name;
SELECT five FROM ov;
SELECT a FROM o.t;
SELECT * FROM tv JOIN tv2 USING (a) JOIN tv4 USING (a);
---- other
SELECT * FROM plain;
SELECT * FROM tv;
---- first
---- reopen
SELECT * FROM tv;
SELECT * FROM plain;
-- # a view may hide a table of another database by its name
CREATE TEMP VIEW t AS SELECT 'hidden' AS a;
SELECT a FROM t;
SELECT a FROM main.t;
SELECT a FROM plain;
DROP VIEW t;
SELECT a FROM t;
CREATE VIEW t AS SELECT 1;
CREATE VIEW sqlite_v AS SELECT 1;
-- # the view follows its tables
INSERT INTO t VALUES (3, 'z');
SELECT * FROM plain;
CREATE VIEW star AS SELECT * FROM t;
ALTER TABLE t ADD COLUMN c DEFAULT 'added';
SELECT * FROM star;
SELECT c FROM star;
SELECT * FROM plain;
-- # in the FROM clause like a table
SELECT s.a, p.b FROM star AS s JOIN plain p ON s.a = p.a WHERE p.a > 1 ORDER BY s.a DESC LIMIT 1;
SELECT a FROM plain WHERE a IN plain;
SELECT a FROM plain WHERE a IN (SELECT a FROM plain);
SELECT count(*) FROM plain, plain AS q;
SELECT plain.* FROM plain, t LIMIT 1;
SELECT main.plain.a FROM plain LIMIT 1;
SELECT rowid FROM plain;
SELECT a FROM plain INDEXED BY nosuch;
WITH plain AS (SELECT 'cte' AS a) SELECT a FROM plain;
-- # read-only without INSTEAD OF triggers, each trigger allows its kind only
INSERT INTO plain VALUES (9, 9);
UPDATE plain SET a = 1;
DELETE FROM plain WHERE a = 1;
REPLACE INTO plain VALUES (1, 2);
INSERT INTO plain SELECT * FROM t WHERE 0;
CREATE TRIGGER ins INSTEAD OF INSERT ON plain BEGIN INSERT INTO t(a, b) VALUES (new.a * 10, new.b); END;
INSERT INTO plain VALUES (9, 'n'), (8, 'm');
UPDATE plain SET a = 1;
DELETE FROM plain;
CREATE TRIGGER upd INSTEAD OF UPDATE OF b ON plain BEGIN UPDATE t SET b = old.b || '>' || new.b WHERE a = old.a; END;
CREATE TRIGGER del INSTEAD OF DELETE ON plain BEGIN DELETE FROM t WHERE a = old.a; END;
UPDATE plain SET b = 'new' WHERE a = 90;
UPDATE plain SET a = 7 WHERE a = 1;
DELETE FROM plain WHERE a = 80;
SELECT a, b FROM t;
CREATE TRIGGER bad AFTER INSERT ON plain BEGIN SELECT 1; END;
CREATE TRIGGER bad INSTEAD OF INSERT ON t BEGIN SELECT 1; END;
-- # the list of column names
CREATE VIEW c1(x, y) AS SELECT a + 1, b FROM t;
SELECT * FROM c1 WHERE x > 2;
SELECT a FROM c1;
PRAGMA table_info(c1);
CREATE VIEW c2(x, x) AS SELECT a, b FROM t;
SELECT * FROM c2;
SELECT x FROM c2;
CREATE VIEW c3(x, y, z) AS SELECT a, b FROM t;
SELECT * FROM c3;
CREATE VIEW c4() AS SELECT 1;
CREATE VIEW c4(x PRIMARY KEY) AS SELECT 1;
CREATE VIEW c4(x COLLATE nocase) AS SELECT 1;
CREATE VIEW c4("quoted name", [b]) AS VALUES (1, 2), (3, 4);
SELECT "quoted name", b FROM c4;
-- # names derived from the result columns
CREATE VIEW d1 AS SELECT a, t.b, a AS "A b", a + 1, count(*), 'text', 5, (SELECT 1), max(a) AS m FROM t;
PRAGMA table_info(d1);
CREATE VIEW d2 AS SELECT 1, 1, 1 AS one, 1 AS one;
PRAGMA table_info(d2);
CREATE VIEW d3 AS SELECT a AS x FROM t UNION SELECT b FROM t;
PRAGMA table_info(d3);
CREATE VIEW d4 AS WITH c(q) AS (SELECT a FROM t) SELECT q, * FROM c;
PRAGMA table_info(d4);
SELECT "q:1" FROM d4 LIMIT 1;
CREATE VIEW d5 AS SELECT * FROM t AS l JOIN t AS r ON l.a = r.a;
PRAGMA table_info(d5);
CREATE VIEW d6 AS VALUES (1, 'two');
SELECT column1, column2 FROM d6;
DROP VIEW d6;
DROP VIEW d6;
