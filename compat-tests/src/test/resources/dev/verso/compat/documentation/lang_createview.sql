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
