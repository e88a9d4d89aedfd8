-- # precedence of operators
SELECT 1 + 2 * 3, (1 + 2) * 3, 2 * 3 % 4, 10 - 2 - 3, 1 || 2 + 3, 1 | 2 & 4, 1 << 2 + 1, -2 + 3, ~1 + 1, NOT 1 = 2, NOT 1 + 1, 1 < 2 = 1, 5 & 3 = 1, 1 = 1 IS 1, 2 < 3 < 1;
SELECT 1 OR 0 AND 0, NOT 0 OR 1, 1 = 2 OR 2 = 2, 3 BETWEEN 1 AND 5 AND 0, 1 IN (1) = 1, 'a' || 'b' LIKE 'ab', -1 || 2, - 1 COLLATE nocase, 'a' || 'B' COLLATE nocase = 'AB';
-- # unary and binary operators
SELECT -5, +5, ~5, NOT 5, - -5, -'5', -'abc', +'abc', ~'3x', NOT 'abc', NOT '1abc', -NULL, ~1.9, -x'31';
SELECT 5 = 5, 5 == 5, 5 <> 4, 5 != 5, 5 IS 5, 5 IS NOT 4, NULL IS NULL, 5 IS NOT NULL, 1 IS TRUE, 2 IS TRUE, 0 IS FALSE, NULL IS NOT TRUE, 'a' IS 'a', 1 IS 1.0, '1' IS 1;
SELECT 1 << 3, 1 >> 1, -8 >> 1, 1 << 63, 1 << 64, 1 << -1, 8 >> -1, -1 >> 70, 5 & 6, 5 | 6, '5' & '6', 1.9 & 1, NULL & 1;
SELECT 1 -> '$', '{"a":[1,2]}' -> '$.a', '{"a":[1,2]}' ->> '$.a[1]';
SELECT 5 || 6, typeof(5 || 6), 1.0 || '', NULL || 1;
-- # literals
SELECT 123, 1.5, .5, 5., 1e5, 1E-5, 1.e2, 0x1F, 0XfF, 0x7fffffffffffffff, 0xffffffffffffffff, -0x10, 1_000_000, 1_0.2_5, 0x1_F, 9223372036854775807, 9223372036854775808, -9223372036854775808;
SELECT 0x10000000000000000;
SELECT 'it''s', x'53514C', X'00', x'', '', "no column";
SELECT x'1', x'zz';
SELECT 1e400, -1e400, 1e-400, 123456789012345678901234567890, 0.1, 1.0e10, 100.0, 123456.789e3;
SELECT CURRENT_DATE = date('now'), length(CURRENT_TIMESTAMP), length(CURRENT_TIME), typeof(CURRENT_TIME), TRUE, false;
-- # LIKE, GLOB, ESCAPE
SELECT 'abc' LIKE 'A%', 'abc' LIKE 'a_c', 'abc' LIKE '%B%', 'abc' NOT LIKE 'x%', 'a%c' LIKE 'a\%c' ESCAPE '\', 'abc' LIKE 'a\%c' ESCAPE '\', '' LIKE '%', '' LIKE '_', 'ä' LIKE 'Ä', 5 LIKE '5', x'61' LIKE 'a', 'a' LIKE 'a ' ;
SELECT 'abc' GLOB 'a*', 'abc' GLOB 'A*', 'abc' GLOB '?b?', 'abc' GLOB '[a-c]bc', 'abc' GLOB '[^a]*', 'a*c' GLOB 'a[*]c', 'abc' NOT GLOB 'b*', ']' GLOB '[]]', '-' GLOB '[a-]', 'é' GLOB '?', '' GLOB '', 'abc' GLOB '*[!x]';
SELECT 'a' LIKE 'a' ESCAPE 'xx';
SELECT 'a' LIKE 'a' ESCAPE '';
SELECT like('a%', 'abc'), like('a|%', 'a%', '|'), glob('a*', 'abc');
SELECT 'x' MATCH 'y';
-- # BETWEEN and CASE
SELECT 5 BETWEEN 1 AND 10, 5 NOT BETWEEN 1 AND 10, 'b' BETWEEN 'a' AND 'c', 5 BETWEEN 10 AND 1, NULL BETWEEN 1 AND 2;
SELECT CASE WHEN 0 THEN 'a' WHEN NULL THEN 'b' WHEN '1x' THEN 'c' ELSE 'd' END, CASE 5 WHEN 4 THEN 'four' WHEN 5 THEN 'five' END, CASE 1 WHEN 2 THEN 3 END, CASE NULL WHEN NULL THEN 1 ELSE 2 END, CASE 'A' COLLATE nocase WHEN 'a' THEN 'same' END;
-- # IN with lists, subqueries, tables and table functions
CREATE TABLE t(a, b);
INSERT INTO t VALUES (1, 'x'), (2, 'y'), (NULL, 'z');
CREATE TABLE one(k);
INSERT INTO one VALUES (1), (3);
SELECT 1 IN (1, 2), 3 IN (1, 2), 3 NOT IN (1, 2), 1 IN (), 1 NOT IN (), 'a' IN ('A' COLLATE nocase), 1 IN ('1'), a IN (1, 2), b IN ('x') FROM t;
SELECT a FROM t WHERE a IN one;
SELECT a FROM t WHERE a NOT IN (SELECT k FROM one);
SELECT a FROM t WHERE a IN t;
SELECT 3 IN one, 3 IN main.one, 3 IN (one);
SELECT 2 IN json_each('[1,2]', '$[0]'), 3 IN pragma_compile_options;
SELECT (1, 'x') IN (SELECT a, b FROM t), (1, 'y') IN (SELECT a, b FROM t), (1, 2) IN ((1, 2), (3, 4));
SELECT 1 IN (SELECT 1, 2);
-- # EXISTS and scalar subqueries, correlated ones
SELECT EXISTS (SELECT 1 FROM t WHERE a = 1), EXISTS (SELECT NULL), NOT EXISTS (SELECT 1 WHERE 0), EXISTS (SELECT 1, 2, 3);
SELECT (SELECT b FROM t WHERE a = 2), (SELECT b FROM t WHERE a = 9), (SELECT a FROM t ORDER BY a DESC);
SELECT (SELECT a, b FROM t);
SELECT a, (SELECT max(k) FROM one WHERE k <= t.a), EXISTS (SELECT 1 FROM one WHERE k = t.a) FROM t;
-- # CAST
SELECT CAST('12abc' AS INTEGER), CAST('abc' AS INTEGER), CAST(' 7 ' AS INTEGER), CAST(1.9 AS INTEGER), CAST(-1.9 AS INTEGER), CAST('1e3' AS INTEGER), CAST('9999999999999999999' AS INTEGER), CAST(1e30 AS INTEGER), CAST(-1e30 AS INTEGER), CAST('0x1F' AS INTEGER), CAST(x'3132' AS INTEGER);
SELECT CAST('12.5abc' AS REAL), CAST('abc' AS REAL), CAST(5 AS REAL), CAST('1e3' AS REAL), CAST(x'312e35' AS REAL), CAST('.5' AS REAL), CAST('-' AS REAL);
SELECT CAST(5 AS TEXT), CAST(1.0 AS TEXT), CAST(x'414243' AS TEXT), typeof(CAST(5 AS BLOB)), hex(CAST('é' AS BLOB)), hex(CAST(1.5 AS BLOB)), CAST(NULL AS TEXT);
SELECT CAST('12' AS NUMERIC), typeof(CAST('12.0' AS NUMERIC)), CAST('12.5x' AS NUMERIC), typeof(CAST('1e3' AS NUMERIC)), CAST('abc' AS NUMERIC), CAST('9223372036854775808' AS NUMERIC), CAST(1.0 AS NUMERIC), typeof(CAST(1.0 AS NUMERIC)), CAST(5 AS nonsense), typeof(CAST('5' AS VARCHAR(3))), CAST('5' AS "any name");
-- # boolean expressions
SELECT 'abc' AND 1, '1' AND 1, 0.5 AND 1, 0.0 OR 0, x'31' AND 1, '' OR 0, '0.1' AND 1, NULL AND 0;
-- # parameters are NULL until bound
SELECT ?, ?5, :name, @at, $dollar::ns(x), typeof(?1);
-- # functions: FILTER and DISTINCT only for aggregates, ORDER BY inside
SELECT count(DISTINCT a), count(*) FILTER (WHERE a > 1), group_concat(b ORDER BY b DESC), sum(a) FILTER (WHERE b <> 'x') FROM t;
SELECT abs(DISTINCT 1);
SELECT abs(1) FILTER (WHERE 1);
SELECT count(DISTINCT a, b) FROM t;
SELECT nosuch(1), 2;
SELECT abs(), abs(1, 2);
-- # RAISE only in triggers
SELECT RAISE(IGNORE);
-- # columns by name: schema, table, alias, rowid, ambiguity
SELECT main.t.a, t.b, rowid, oid, _rowid_ FROM t WHERE main.t.a = 1;
SELECT x.a FROM t AS x WHERE t.a = 1;
SELECT a FROM t, t AS u;
SELECT k, a FROM t JOIN one ON a = k;
SELECT b AS a FROM t WHERE a = 1;
SELECT a AS q FROM t WHERE q = 2;
SELECT a + 1 AS q, q FROM t;
SELECT nosuch.a FROM t;
SELECT t.nosuch FROM t;
SELECT zz.t.a FROM t;
