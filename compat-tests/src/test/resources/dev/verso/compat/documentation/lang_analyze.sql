CREATE TABLE t(a, b, c);
CREATE INDEX ta ON t(a);
CREATE INDEX tab ON t(a, b);
CREATE INDEX tp ON t(c) WHERE b > 3;
CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE empty(x UNIQUE);
CREATE TABLE bare(x);
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100) INSERT INTO t SELECT x % 4, x % 10, x FROM n;
INSERT INTO w SELECT DISTINCT c, 1 FROM t;
INSERT INTO bare VALUES (1), (2);
-- # the statistics that it gathers
ANALYZE;
SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2;
SELECT sql FROM sqlite_schema WHERE name = 'sqlite_stat1';
-- # one table, one index, one schema
DELETE FROM sqlite_stat1;
ANALYZE t;
SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2;
INSERT INTO t SELECT 100, b, c FROM t;
ANALYZE ta;
SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2;
ANALYZE main;
ANALYZE main.w;
ANALYZE nosuch;
ANALYZE nosuch.t;
SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2;
-- # it is an ordinary table, and goes with the tables that it describes
UPDATE sqlite_stat1 SET stat = '1000 10 1' WHERE idx = 'tab';
ANALYZE sqlite_schema;
DROP INDEX tab;
SELECT tbl, idx FROM sqlite_stat1 ORDER BY 1, 2;
DROP TABLE t;
SELECT tbl, idx FROM sqlite_stat1 ORDER BY 1, 2;
PRAGMA analysis_limit = 10;
ANALYZE;
PRAGMA optimize;
DROP TABLE sqlite_stat1;
SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1';
