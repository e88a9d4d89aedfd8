-- # five storage classes
SELECT typeof(NULL), typeof(1), typeof(1.0), typeof('1'), typeof(x'31'), typeof(9223372036854775807), typeof(9223372036854775808), typeof(1e0);
-- # booleans and dates have none of their own
SELECT typeof(TRUE), typeof(date('2000-01-01')), typeof(julianday('2000-01-01')), typeof(unixepoch('2000-01-01'));
-- # affinity by the words of the declared type
CREATE TABLE aff(a INT, b INTEGER, c TINYINT, d SMALLINT, e MEDIUMINT, f BIGINT, g UNSIGNED BIG INT, h INT2, i INT8, j CHARACTER(20), k VARCHAR(255), l VARYING CHARACTER(255), m NCHAR(55), n NATIVE CHARACTER(70), o NVARCHAR(100), p TEXT, q CLOB, r BLOB, s, t REAL, u DOUBLE, v DOUBLE PRECISION, w FLOAT, x NUMERIC, y DECIMAL(10,5), z BOOLEAN, aa DATE, ab DATETIME, ac FLOATING POINT, ad STRING, ae CHARINT, af BLOBREAL, ag XREALY);
INSERT INTO aff VALUES ('5','5','5','5','5','5','5','5','5',5,5,5,5,5,5,5,5,'5','5','5','5','5','5','5','5','5','5','5','5','5','5','5','5');
SELECT typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f), typeof(g), typeof(h), typeof(i) FROM aff;
SELECT typeof(j), typeof(k), typeof(l), typeof(m), typeof(n), typeof(o), typeof(p), typeof(q), typeof(r), typeof(s) FROM aff;
SELECT typeof(t), typeof(u), typeof(v), typeof(w), typeof(x), typeof(y), typeof(z), typeof(aa), typeof(ab) FROM aff;
SELECT typeof(ac), typeof(ad), typeof(ae), typeof(af), typeof(ag) FROM aff;
-- # what the affinities do to values
CREATE TABLE t1(t TEXT, nu NUMERIC, i INTEGER, r REAL, no BLOB);
INSERT INTO t1 VALUES ('500.0', '500.0', '500.0', '500.0', '500.0');
SELECT typeof(t), typeof(nu), typeof(i), typeof(r), typeof(no) FROM t1;
DELETE FROM t1;
INSERT INTO t1 VALUES (500.0, 500.0, 500.0, 500.0, 500.0);
SELECT typeof(t), typeof(nu), typeof(i), typeof(r), typeof(no), * FROM t1;
DELETE FROM t1;
INSERT INTO t1 VALUES (500, 500, 500, 500, 500);
SELECT typeof(t), typeof(nu), typeof(i), typeof(r), typeof(no), * FROM t1;
DELETE FROM t1;
INSERT INTO t1 VALUES (x'0500', x'0500', x'0500', x'0500', x'0500');
SELECT typeof(t), typeof(nu), typeof(i), typeof(r), typeof(no) FROM t1;
DELETE FROM t1;
INSERT INTO t1 VALUES (NULL, NULL, NULL, NULL, NULL);
SELECT typeof(t), typeof(nu), typeof(i), typeof(r), typeof(no) FROM t1;
DELETE FROM t1;
-- # numbers in text: what converts and what stays
CREATE TABLE num(n NUMERIC, i INTEGER, r REAL);
INSERT INTO num SELECT column1, column1, column1 FROM (VALUES (' 12 '), ('1e3'), ('0x10'), ('12abc'), ('9223372036854775807'), ('9223372036854775808'), ('1.5e300'), (''), ('.5'), ('5.'), ('+7'), ('- 7'), ('1e400'), ('3.0e+5'), ('123456789012345678901234567890'), ('1_000'));
SELECT n, typeof(n), i, typeof(i), r, typeof(r) FROM num;
-- # a real with a whole value in an INTEGER column becomes an integer, in a REAL column it stays real
INSERT INTO num VALUES (4.0, 4.0, 4), (1e15, 1e15, 1e15), (1e19, 1e19, 1e19), (-0.0, -0.0, -0.0);
SELECT n, typeof(n), i, typeof(i), r, typeof(r) FROM num WHERE rowid > 16;
-- # comparisons: storage classes in order, affinity of the other side applied
CREATE TABLE t2(a TEXT, b NUMERIC, c BLOB, d);
INSERT INTO t2 VALUES ('500', '500', '500', 500);
SELECT a < 40, a < 60, a < 600 FROM t2;
SELECT a < '40', a < '60', a < '600' FROM t2;
SELECT b < 40, b < 60, b < 600 FROM t2;
SELECT b < '40', b < '60', b < '600' FROM t2;
SELECT c < 40, c < 60, c < 600 FROM t2;
SELECT c < '40', c < '60', c < '600' FROM t2;
SELECT d < 40, d < 60, d < 600 FROM t2;
SELECT d < '40', d < '60', d < '600' FROM t2;
SELECT +a < 40, a < 40 COLLATE nocase, CAST(a AS TEXT) < 40, (a) < 40, a || '' < 40 FROM t2;
SELECT 1 < 'a', 'a' < x'61', NULL < 1, x'00' < x'0000', 'abc' < 'abd', 2 < 10, '2' < '10', 2 = 2.0, '2' = 2, 2 IN ('2'), '2' IN (2), 2 BETWEEN '1' AND '3';
SELECT a = 500, b = '500', c = 500, d = '500', a = b, a = d, b = c, c = d FROM t2;
SELECT a IN (500), b IN ('500'), d IN ('500', 1), 500 IN (SELECT a FROM t2), '500' IN (SELECT d FROM t2) FROM t2;
-- # affinity of expressions, of CASTs, of subquery and view columns
CREATE VIEW v2 AS SELECT a, b + 0 AS b, CAST(d AS TEXT) AS d FROM t2;
SELECT a < 60, b < '60', d < 60 FROM v2;
SELECT (SELECT a FROM t2) < 60, x < 60 FROM (SELECT a AS x FROM t2);
CREATE TABLE ctas AS SELECT a, b, c, d, a || 'x' AS e, b + 1 AS f, CAST(a AS REAL) AS g FROM t2;
SELECT sql FROM sqlite_schema WHERE name = 'ctas';
-- # compound selects take the affinity of one of them
SELECT x, typeof(x), x < 60 FROM (SELECT a AS x FROM t2 UNION ALL SELECT d FROM t2);
-- # operators make numbers of what they get
SELECT '5' + '6', '5abc' + 1, 'abc' + 1, x'3132' + 1, '1e2' * 2, NULL + 1, '0x10' + 0, 7 / 2, 7 / 2.0, '7' / '2', -7 / 2, -7 % 3, 7 % -3, 7.9 % 3, 5 / 0, 5 % 0, 5.0 / 0;
SELECT 9223372036854775807 + 1, -9223372036854775808 - 1, 9223372036854775807 * 2, typeof(9223372036854775807 + 1), -(-9223372036854775808), abs(-9223372036854775807);
SELECT 1 || 2, typeof(1 || 2), 1.50 || 'x', x'61' || 'b', typeof(x'61' || x'62'), NULL || 'x';
-- # sorting: NULL, numbers, text, blobs
CREATE TABLE mix(v);
INSERT INTO mix VALUES (x'00'), ('b'), (2), (NULL), (1.5), ('A'), (x'ff'), (-3), ('a'), (1e300);
SELECT v FROM mix ORDER BY v;
SELECT v FROM mix ORDER BY v DESC NULLS LAST;
SELECT v, count(*) FROM (SELECT 1 AS v UNION ALL SELECT 1.0 UNION ALL SELECT '1') GROUP BY v ORDER BY 1;
-- # collating sequences
CREATE TABLE c(x INTEGER PRIMARY KEY, a, b COLLATE BINARY, c COLLATE RTRIM, d COLLATE NOCASE);
INSERT INTO c VALUES (1,'abc','abc','abc  ','abc'), (2,'abc','abc','abc','ABC'), (3,'abc','abc','abc ','Abc'), (4,'abc','abc ','ABC','abc');
SELECT x FROM c WHERE a = b ORDER BY x;
SELECT x FROM c WHERE a = b COLLATE RTRIM ORDER BY x;
SELECT x FROM c WHERE d = a ORDER BY x;
SELECT x FROM c WHERE a = d ORDER BY x;
SELECT x FROM c WHERE 'abc' = c ORDER BY x;
SELECT x FROM c WHERE c = 'abc' ORDER BY x;
SELECT count(*) FROM c GROUP BY d ORDER BY 1;
SELECT count(*) FROM c GROUP BY (d || '') ORDER BY 1;
SELECT x FROM c ORDER BY c, x;
SELECT x FROM c ORDER BY (c || ''), x;
SELECT x FROM c ORDER BY c COLLATE NOCASE, x;
SELECT DISTINCT d FROM c;
SELECT max(d), min(c) FROM c;
SELECT x FROM c WHERE d IN ('ABC') ORDER BY x;
SELECT x FROM c WHERE 'ABC' IN (d) ORDER BY x;
SELECT x FROM c WHERE d BETWEEN 'ABB' AND 'ABD' ORDER BY x;
SELECT x FROM c WHERE a COLLATE nosuch = 'x';
SELECT 'a' = 'A' COLLATE NOCASE, 'a' COLLATE NOCASE = 'A', ('a' = 'A') COLLATE NOCASE, 'a ' = 'a' COLLATE RTRIM, CASE 'a' COLLATE NOCASE WHEN 'A' THEN 1 ELSE 0 END;
