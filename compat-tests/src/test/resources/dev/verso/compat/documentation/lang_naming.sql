-- # temp before main before attached databases
CREATE TABLE t(a);
INSERT INTO t VALUES ('main');
CREATE TEMP TABLE t(a);
INSERT INTO t VALUES ('temp');
ATTACH ':memory:' AS aux1;
CREATE TABLE aux1.t(a);
CREATE TABLE aux1.only_here(a);
INSERT INTO aux1.t VALUES ('aux');
SELECT a FROM t;
SELECT a FROM main.t;
SELECT a FROM aux1.t;
SELECT a FROM only_here;
SELECT main.t.a FROM t;
SELECT temp.t.a FROM t;
SELECT aux1.only_here.a FROM only_here;
-- # case does not matter; quoting does not change it
SELECT A FROM T;
SELECT "A" FROM "T";
SELECT [a] FROM MAIN.[t];
SELECT MAIN.T.A FROM main.t;
DROP TABLE t;
SELECT a FROM t;
DROP TABLE nosuch.t;
SELECT a FROM nosuch.t;
INSERT INTO nosuch.t VALUES (1);
