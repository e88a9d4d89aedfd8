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
---- new
-- # any column but the INTEGER PRIMARY KEY stores any class
CREATE TABLE any(id INTEGER PRIMARY KEY, i INTEGER, t TEXT, r REAL, b BLOB, n NUMERIC);
INSERT INTO any VALUES (1, x'01', x'02', x'03', 'text', 'text');
INSERT INTO any VALUES (2, 'text', NULL, 'text', 5, x'04');
INSERT INTO any VALUES ('x', 1, 1, 1, 1, 1);
INSERT INTO any VALUES (1.5, 1, 1, 1, 1, 1);
INSERT INTO any VALUES ('3', 1, 1, 1, 1, 1);
INSERT INTO any VALUES (4.0, 1, 1, 1, 1, 1);
SELECT id, typeof(id), typeof(i), typeof(t), typeof(r), typeof(b), typeof(n) FROM any;
-- # integers of every stored size come back as they were
CREATE TABLE sizes(v);
INSERT INTO sizes VALUES (0), (1), (127), (128), (-128), (-129), (32767), (32768), (-32769), (8388607), (8388608), (2147483647), (2147483648), (140737488355327), (140737488355328), (9223372036854775807), (-9223372036854775808);
SELECT v, typeof(v) FROM sizes ORDER BY v;
SELECT sum(length(v)), count(DISTINCT v) FROM sizes;
-- # NUMERIC: what text converts to, and what a real does
CREATE TABLE n(v NUMERIC, w);
INSERT INTO n SELECT column1, column1 FROM (VALUES ('3.0e+5'), ('300000.5'), ('9223372036854775807'), ('9223372036854775808'), ('-9223372036854775809'), ('1e18'), ('1e19'), ('0x1F'), ('1e'), ('.e1'), ('1.'), ('  7'), ('7  '), ('7 7'), ('+'), ('-0'), ('-0.0'), ('0.1'), ('123456789012345.6789'), ('1e-320'), ('nan'), ('inf'), (x'37'), (7.0), (7.5), (1e15), (9007199254740993.0), (1e300), (NULL));
SELECT w, v, typeof(v) FROM n;
-- # INTEGER and NUMERIC differ in CAST alone
CREATE TABLE in1(i INTEGER, n NUMERIC);
INSERT INTO in1 VALUES (4.0, 4.0), ('4.0', '4.0'), (4.5, 4.5), ('4.5x', '4.5x');
SELECT quote(i), quote(n), i IS n FROM in1;
SELECT CAST(4.0 AS INT), CAST(4.0 AS NUMERIC), CAST('4.0' AS INT), CAST('4.0' AS NUMERIC), CAST(4.7 AS INT), CAST(4.7 AS NUMERIC);
-- # REAL forces integers into reals, whatever is kept in the file
CREATE TABLE r(v REAL);
INSERT INTO r VALUES (1), (2.0), (-3), (4.5), ('5'), (100000000000000000), (9223372036854775807), ('x');
SELECT v, typeof(v) FROM r;
CREATE INDEX ri ON r(v);
SELECT v, typeof(v) FROM r WHERE v = 1;
SELECT typeof(max(v)), sum(v) FROM r WHERE v < 10;
ALTER TABLE r ADD COLUMN w REAL DEFAULT 7;
SELECT DISTINCT w, typeof(w) FROM r;
-- # the rules for names of types, in order, anywhere in the name, whatever its case
CREATE TABLE names(a CHARINT, b xINTx, c POINT, d "FLOATING POINT", e NCHARx, f xCLOBx, g CONTEXT, h xBlOb, i "REALLY", j AFFLOAT, k DOUBLE_, l STRING, m MONEY, n VARCHAR(INT), o DEC(1,2), p INTEXT, q BLOBTEXT, r REALBLOB, s NONE, t ANY, u "" , v 'double', w [char acter], x `x`);
INSERT INTO names VALUES ('1','1','1','1',1,1,1,'1','1','1','1','1','1','1','1','1',1,'1','1','1','1','1',1,'1');
SELECT typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f), typeof(g), typeof(h), typeof(i), typeof(j), typeof(k), typeof(l) FROM names;
SELECT typeof(m), typeof(n), typeof(o), typeof(p), typeof(q), typeof(r), typeof(s), typeof(t), typeof(u), typeof(v), typeof(w), typeof(x) FROM names;
SELECT typeof(CAST('1' AS TINYINT)), typeof(CAST(1 AS VARYING CHARACTER(255))), typeof(CAST('1' AS DOUBLE PRECISION)), typeof(CAST('1' AS DECIMAL(10,5))), typeof(CAST(1 AS BLOB)), typeof(CAST('1.5' AS BOOLEAN));
-- # affinity of expressions: columns in parentheses have one, with an operator none; CAST and COLLATE
CREATE TABLE x(t TEXT, i INT, n);
INSERT INTO x VALUES ('10', 10, '10');
SELECT t = 10, (t) = 10, ((x.t)) = 10, +t = 10, -t = -10, t || '' = 10, i = '10', (i) = '10', +i = '10', i + 0 = '10', n = 10, +n = 10 FROM x;
SELECT CAST(n AS INT) = '10', CAST(i AS TEXT) = 10, CAST(n AS NUMERIC) = '10.0', CAST(i AS BLOB) = '10', t COLLATE nocase = 10, +t COLLATE nocase = 10, CAST(10 AS TEXT) = 10, CAST('10' AS INT) = '10' FROM x;
SELECT i IN ('10'), n IN (10), t IN (10), 10 IN (t), '10' IN (i), i IN (SELECT '10'), 10 IN (SELECT t FROM x), '10' IN (SELECT i FROM x), '10' IN (SELECT +i FROM x), n IN (SELECT i FROM x), i IN (t, n), n IN (CAST(10 AS INT)) FROM x;
SELECT (SELECT t) = 10, (SELECT +t) = 10, CASE WHEN 1 THEN t END = 10, coalesce(t) = 10, max(t, '1') = 10, min(i, 99) = '10' FROM x;
SELECT typeof(t + 0), typeof(i || ''), i = t, t = i, n = t, n = i, i < 'a', t < 9, n < 9 FROM x;
-- # columns of views and subqueries have the affinity of their expressions
CREATE VIEW v1(x, y, z) AS SELECT t, i + n, 42 FROM x WHERE t != 11;
SELECT x = 10, y = '20', z = '42', typeof(y) FROM v1;
SELECT a = 10, b = '10', c = '10', d = 10 FROM (SELECT t AS a, i AS b, +i AS c, CAST(i AS TEXT) AS d FROM x);
SELECT a = '10', typeof(a) FROM (SELECT i AS a FROM x UNION ALL SELECT i FROM x);
-- # sort order of classes by every operator
SELECT NULL < 1, NULL = NULL, 1 < 'a', 1e308 < '', 'zzz' < x'00', x'00' < x'0001', x'ff' > x'0fff', 'a' <> x'61', 5 == 5.0, 5 IS 5.0, 9007199254740993 = 9007199254740992.0, 9007199254740993 > 9007199254740992.0, 9223372036854775807 < 9223372036854775808.0, 1 BETWEEN 0.5 AND '2', 'b' IN ('a', 'b'), 1 NOT IN (2), NULL IS NOT 1;
-- # BETWEEN is two comparisons with affinities of their own
SELECT i BETWEEN '9' AND '11', t BETWEEN 9 AND 11, t BETWEEN '1' AND 11, n BETWEEN 9 AND '11', +i BETWEEN '9' AND 11, '10' BETWEEN i AND i FROM x;
-- # all of the page's comparisons, the other way round
CREATE TABLE cmp(a TEXT, b NUMERIC, c BLOB, d);
INSERT INTO cmp VALUES ('500', '500', '500', 500);
SELECT typeof(a), typeof(b), typeof(c), typeof(d) FROM cmp;
SELECT 40 > a, 60 > a, 600 > a, '40' > a, '60' > a, '600' > a FROM cmp;
SELECT 40 > b, 60 > b, 600 > b, '40' > b, '60' > b, '600' > b FROM cmp;
SELECT 40 > c, 60 > c, 600 > c, '40' > c, '60' > c, '600' > c FROM cmp;
SELECT 40 > d, 60 > d, 600 > d, '40' > d, '60' > d, '600' > d FROM cmp;
-- # operators read texts and blobs as numbers, as far as they go
SELECT '1.0' + 1, typeof('1.0' + 1), '1' + 1, '9223372036854775808' + 0, '9223372036854775807' + 0, x'312e30' + 1, typeof(x'31' * 1), '1e1' * 1, typeof('3.0' * 1), typeof(CAST('3.0' AS NUMERIC)), '12abc' - 2, '.5.5' * 2, '--5' + 0, 'e5' + 0, '' + 0, typeof('abc' * 1.0), 'abc' / 2;
SELECT 7.9 % 2, '7.9' % 2, typeof(7.9 % 2), typeof(7 % 2), typeof('7' % 2), typeof('7.0' % 2), 7.9 << 1, '7.9' & 15, typeof(7.9 | 0), 1e30 | 0, -1e30 << 0, 'x' << 1, '3x' | 4, NULL % 1, NULL << 1, 5 | NULL, ~'7.9', 1 % 0.5, 5 % 1e30;
SELECT 1 / 0, 1.0 / 0, 1 % 0, 0 / 0, 'a' / 'b', 5 / '0', 5 % '0.9', NULL / 0;
-- # ORDER BY, GROUP BY, compounds: no conversions
SELECT column1 FROM (VALUES ('10'), (9), (10.0), (x'39'), (NULL), ('9'), (9.5)) ORDER BY 1;
SELECT count(*), min(typeof(column1)) FROM (VALUES ('1'), (1), (1.0), (x'31'), (NULL), (NULL), ('1')) GROUP BY column1 ORDER BY 1, 2;
SELECT 1 UNION SELECT '1' UNION SELECT 1.0 UNION SELECT x'31' ORDER BY 1;
SELECT i FROM x INTERSECT SELECT t FROM x;
SELECT i FROM x EXCEPT SELECT n FROM x;
SELECT 1 INTERSECT SELECT 1.0;
-- # the three collations
SELECT 'abc' = 'ABC' COLLATE nocase, 'Ä' = 'ä' COLLATE nocase, '[' < 'a' COLLATE nocase, '_' < 'A' COLLATE nocase, '_' < 'A', 'a ' = 'a' COLLATE rtrim, 'a' || char(9) = 'a' COLLATE rtrim, ' a' = 'a' COLLATE rtrim, 'a  ' < 'a b' COLLATE rtrim, 'A ' = 'a' COLLATE rtrim, 'a' COLLATE nocase = 'A ';
SELECT 'a' || char(0) || 'b' = 'A' || char(0) || 'C' COLLATE nocase, 'a' || char(0) || 'b' = 'a' || char(0) || 'C', 'a' || char(0) = 'A' COLLATE nocase, x'61' = x'41' COLLATE nocase, 1 = 1.0 COLLATE nocase;
-- # which collation decides: explicit, left before right, then columns, with + and CAST
CREATE TABLE co(b TEXT, n TEXT COLLATE nocase, r TEXT COLLATE rtrim);
INSERT INTO co VALUES ('ab', 'AB', 'ab ');
SELECT b = n, n = b, +n = b, b = +n, CAST(n AS TEXT) = b, b = CAST(n AS TEXT), n || '' = b, b = n COLLATE nocase, n COLLATE binary = b, b = r, r = b, n = r, r = n FROM co;
SELECT b COLLATE binary = n COLLATE nocase, b COLLATE nocase = n COLLATE binary, (b || '' COLLATE nocase) = 'AB', ('x' || (b COLLATE nocase)) = 'XAB', upper(b COLLATE nocase) = 'ab', (b = 'AB' COLLATE nocase) = 1, ++n = 'ab', - - n = 'ab' FROM co;
SELECT b COLLATE rtrim IS r, n IS NOT 'ab', n != 'ab', n < 'aC', n >= 'ab', n BETWEEN 'aa' AND 'ac', b BETWEEN 'AA' COLLATE nocase AND 'AC', b BETWEEN n AND n, b BETWEEN n AND 'AC' FROM co;
SELECT n IN ('ab'), b IN (n), b IN ('AB' COLLATE nocase), b COLLATE nocase IN ('AB'), 'ab' IN (n), n IN (SELECT b FROM co), b IN (SELECT n FROM co), 'ab' IN (SELECT n FROM co), b IN (SELECT n COLLATE nocase FROM co) FROM co;
-- # collations of ORDER BY, GROUP BY, DISTINCT, min, max
CREATE TABLE so(k COLLATE nocase, b);
INSERT INTO so VALUES ('b', 'b'), ('A', 'A'), ('a', 'a'), ('B', 'B'), ('c', 'c');
SELECT k FROM so ORDER BY k, rowid;
SELECT b FROM so ORDER BY b;
SELECT b FROM so ORDER BY b COLLATE nocase, rowid;
SELECT k FROM so ORDER BY k || '';
SELECT k FROM so ORDER BY +k, rowid;
SELECT k COLLATE binary AS q FROM so ORDER BY q;
SELECT k AS q FROM so ORDER BY q, rowid;
SELECT count(*) FROM so GROUP BY k ORDER BY k;
SELECT count(*) FROM so GROUP BY b COLLATE nocase ORDER BY 1;
SELECT max(k), min(b), max(b COLLATE nocase), count(DISTINCT k), count(DISTINCT b COLLATE nocase) FROM so;
SELECT count(*) FROM (SELECT DISTINCT k FROM so);
