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
---- new
-- # numeric literals at the borders, in texts, hexadecimal ones
SELECT 9223372036854775807 + 1, -9223372036854775807 - 2, 9223372036854775807 * 2, typeof(9223372036854775808), typeof(-9223372036854775808), - 9223372036854775808, 1e18, 1e308 * 10, 0x7fffffffffffffff + 1, -0x8000000000000000;
SELECT '0x1F' + 0, CAST('0x1F' AS INTEGER), CAST('0x1F' AS NUMERIC), '0x1F' = 31, 0x1F = '31', 1.5e, 2;
SELECT 0x;
SELECT 0xg;
SELECT 1a;
SELECT 1__0;
SELECT 1_;
SELECT 1.e5, .5e-1, 00012, 1e+2, 1E2, 1.5E+1;
SELECT 5 % 3, -5 % 3, 5 % -3, 5.9 % 3.9, 5 % 0, 5 / 0, 5.0 / 0, '7' % 4, 'x' % 4, 9223372036854775807 % -1, -9223372036854775808 / -1, -9223372036854775808 % -1, 7 / 2, -7 / 2, 7 / 2.0, 1e20 % 7;
SELECT 1 + '2x', '1.5' + 1, 'abc' * 2, x'31' + 1, NULL + 1, 1 + TRUE, '1e2' + 0, '  5' + 1, '5  ' + 1, '+5' + 0, '.5' + 0, '5.' + 0, '- 5' + 0;
SELECT 1 || 2 || 3, 1.0 || '', NULL || 'a', x'61' || 'b', typeof(x'61' || x'62'), 'a' || NULL;
-- # IS with every right side
SELECT NULL IS NULL, 1 IS NULL, NULL IS 1, NULL IS NOT NULL, 1 IS NOT 1, 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, 'a' IS 'A' COLLATE nocase, 1 IS '1', 1 IS NOT DISTINCT FROM 1.0, NULL ISNULL, 1 NOTNULL, 1 NOT NULL, NULL NOT NULL;
SELECT 1 IS TRUE, 5 IS TRUE, 0.5 IS TRUE, 'x' IS TRUE, '1' IS TRUE, NULL IS TRUE, NULL IS NOT TRUE, NULL IS FALSE, 0 IS NOT FALSE, 1 = TRUE, 5 = TRUE, TRUE IS 1, 2 IS (TRUE), TRUE, false + 1;
CREATE TABLE tf(true, "false");
INSERT INTO tf VALUES (7, 8);
SELECT true, false, "true", tf.true, tf.false, 7 IS true FROM tf;
-- # AND, OR, NOT with NULL
SELECT 1 AND NULL, 0 AND NULL, NULL AND NULL, 1 OR NULL, 0 OR NULL, NOT NULL, NOT 0.1, NOT '', NOT 'a', NOT '1', 1 AND 'a', 'a' OR '2';
-- # LIKE and ESCAPE: NULLs, multi-byte, numbers, case of what is not ASCII
SELECT 'abc' LIKE NULL, NULL LIKE 'a', 'a' LIKE 'a' ESCAPE NULL, 'æ' LIKE 'Æ', 'ÀB' LIKE 'Àb', 'a_b' LIKE 'axb' ESCAPE 'x', 'a%b' LIKE 'ax%b' ESCAPE 'x', 'axb' LIKE 'axxb' ESCAPE 'x', 'aéb' LIKE 'a_b', 'a' LIKE '_' ESCAPE '_', 12 LIKE '1_', 1.5 LIKE '1.%', 'abc' LIKE 'abc%', 'abc' LIKE '%%c', 'a' || char(10) || 'b' LIKE 'a%b', 'é' LIKE '_', x'c3a9' LIKE '_', 'x' LIKE 'x' ESCAPE 'é';
SELECT 'a' NOT LIKE 'b', NOT 'a' LIKE 'b', 'a' LIKE 'a' LIKE 1, 'a' NOT GLOB 'a';
SELECT 'a' LIKE 'a' ESCAPE;
SELECT 'a' GLOB 'a' ESCAPE 'x';
SELECT 'ab' GLOB 'a[b', 'ab' GLOB 'a[]b]', 'a]' GLOB 'a[]]', 'a-' GLOB 'a[a-]', 'ac' GLOB 'a[^b]', 'a^' GLOB 'a[b^]', 'a*' GLOB 'a[*]', 'a' GLOB '', '' GLOB '*', 'abc' GLOB '*c', 'ABC' GLOB '[a-z]*', 'é' GLOB '[é-ê]', 'x' GLOB '[z-a]', 'a' GLOB NULL, 1 GLOB 1;
PRAGMA case_sensitive_like = 1;
SELECT 'a' LIKE 'A', like('A', 'a'), 'a' LIKE 'a';
PRAGMA case_sensitive_like = 0;
-- # MATCH needs a function
SELECT 'a' MATCH 'b';
SELECT match('a', 'b');
-- # BETWEEN evaluates once, binds as equality does
SELECT 5 BETWEEN 1 AND 5, 5 BETWEEN 6 AND 4, 5 NOT BETWEEN 1 AND 4, 'b' BETWEEN 'A' AND 'C', 'b' COLLATE nocase BETWEEN 'A' AND 'C', NULL BETWEEN 1 AND 2, 1 BETWEEN NULL AND 0, 1 BETWEEN NULL AND 2, 1 BETWEEN 0 AND 2 = 1, 1 = 1 BETWEEN 0 AND 0, 1 BETWEEN 0 AND 2 AND 0;
-- # CASE: base once, lazily, collation and affinity of the base
SELECT CASE 1 WHEN 1.0 THEN 'a' END, CASE '1' WHEN 1 THEN 'a' ELSE 'b' END, CASE NULL WHEN NULL THEN 'a' ELSE 'b' END, CASE WHEN NULL THEN 'a' END, CASE 2 WHEN 1 THEN 'x' WHEN 2 THEN 'y' WHEN 2 THEN 'z' END, CASE 'a' WHEN 'A' COLLATE nocase THEN 1 ELSE 2 END, CASE 1 WHEN 1 THEN 'ok' ELSE abs(-9223372036854775808) END;
SELECT CASE END;
SELECT CASE 1 END;
SELECT CASE WHEN 1 ELSE 2 END;
CREATE TABLE c(t TEXT, i INT, n COLLATE nocase);
INSERT INTO c VALUES ('1', 1, 'Ab');
SELECT CASE t WHEN 1 THEN 'eq' ELSE 'ne' END, CASE i WHEN '1' THEN 'eq' ELSE 'ne' END, CASE n WHEN 'aB' THEN 'eq' ELSE 'ne' END, CASE 'aB' WHEN n THEN 'eq' ELSE 'ne' END FROM c;
-- # IN: empty lists, NULLs, affinity and collation of the left side, tables
SELECT 1 IN (), NULL IN (), 1 NOT IN (), NULL NOT IN (), 1 IN (2, NULL), 1 IN (1, NULL), 1 NOT IN (2, NULL), NULL IN (1), NULL NOT IN (NULL), NULL IN (SELECT 1 WHERE 0);
SELECT t IN (1), i IN ('1'), i IN ('1', 'x'), n IN ('aB'), 'aB' IN (n), t IN (SELECT 1), i IN (SELECT '1'), '1' IN (SELECT i FROM c), n IN (SELECT 'ab') FROM c;
SELECT 1 IN (SELECT 1 UNION SELECT 2), 3 IN (VALUES (1), (3)), 1 IN c;
CREATE TABLE one(k);
INSERT INTO one VALUES (1), (NULL);
SELECT 1 IN one, 2 IN one, 2 NOT IN one, 1 IN main.one, 1 IN nosuch;
SELECT 1 IN one, 2 IN one, 1 IN (SELECT * FROM one), 1 IN (one.k) FROM one;
SELECT 1 IN (1, 2), 1 IN (SELECT 1), (1) IN (1), 1 IN ((1)), 1 IN ((SELECT 1));
-- # EXISTS and scalar subqueries
SELECT EXISTS (SELECT 1), EXISTS (SELECT 1 WHERE 0), NOT EXISTS (SELECT NULL), EXISTS (VALUES (NULL)), EXISTS (SELECT * FROM one WHERE k > 5), typeof(EXISTS (SELECT 1));
SELECT (SELECT 1 WHERE 0), (SELECT k FROM one), (SELECT k FROM one ORDER BY k LIMIT 1), ((SELECT 1)), (VALUES (3), (4));
SELECT (SELECT 1, 2), 3;
SELECT (SELECT k FROM one WHERE k = i) FROM c;
SELECT (SELECT (SELECT i + k FROM one) FROM one WHERE k = i) FROM c;
-- # CAST to what is not in the table of types, of blobs and NULL, at the borders
SELECT CAST(1.9 AS INT), CAST(-1.9 AS INT), CAST('1.9' AS INT), CAST('1e2' AS INT), CAST(' 12 ' AS INT), CAST('+5' AS INT), CAST('' AS INT), CAST(x'3132' AS INT), CAST(9.3e18 AS INT), CAST(-9.3e18 AS INT), CAST('9223372036854775808' AS INT), CAST('-9223372036854775809' AS INT), CAST(1e400 AS INT), CAST(NULL AS INT), CAST(x'' AS INT);
SELECT typeof(CAST('1' AS NUMERIC)), typeof(CAST('1.0' AS NUMERIC)), typeof(CAST('1.5' AS NUMERIC)), typeof(CAST('1e20' AS NUMERIC)), typeof(CAST('x' AS NUMERIC)), typeof(CAST(1.0 AS NUMERIC)), CAST('9223372036854775807' AS NUMERIC), CAST('9223372036854775808' AS NUMERIC), CAST('1.0e3x' AS NUMERIC), CAST(x'312e35' AS NUMERIC), CAST('' AS NUMERIC), typeof(CAST(5 AS DECIMAL(10, 2))), typeof(CAST('5.50' AS DECIMAL)), typeof(CAST(5 AS BOOLEAN)), typeof(CAST('2024-01-01' AS DATE)), CAST('2024-01-01' AS DATE);
SELECT typeof(CAST(5 AS REAL)), CAST('5.5abc' AS FLOAT), CAST('abc' AS DOUBLE), CAST(x'352e35' AS REAL), CAST(9007199254740993 AS REAL), CAST('1e400' AS REAL), CAST('-' AS REAL), CAST('' AS REAL);
SELECT CAST(1.0 AS TEXT), CAST(1e20 AS TEXT), CAST(123456789012345678 AS TEXT), CAST(x'4142' AS TEXT), typeof(CAST(x'' AS TEXT)), typeof(CAST(1 AS BLOB)), hex(CAST(1.5 AS BLOB)), hex(CAST('é' AS BLOB)), CAST('a' AS VARCHAR(1)), typeof(CAST(1 AS NONE)), typeof(CAST(1 AS '')), typeof(CAST('1' AS CHARINT)), typeof(CAST(1 AS FLOATING POINT)), typeof(CAST('1' AS XBLOBX)), typeof(CAST('1' AS STRING));
SELECT CAST(1 AS);
SELECT CAST(1);
SELECT CAST((1, 2) AS INT);
-- # COLLATE: postfix, binds tight, last one wins, unknown names
SELECT 'a' = 'A' COLLATE nocase, 'a' COLLATE nocase = 'A', 'a' COLLATE binary = 'A' COLLATE nocase, 'a' COLLATE nocase COLLATE binary = 'A', ('a' || 'B') COLLATE nocase = 'Ab', 'a ' = 'a' COLLATE rtrim, 'a' || 'B' COLLATE nocase = 'aB';
SELECT 'a' COLLATE nosuch = 'a';
SELECT 'a' COLLATE nosuch;
SELECT 'a' COLLATE 'nocase' = 'A', 'a' COLLATE "NoCase" = 'A', 'a' COLLATE [nocase] = 'A';
-- # unary operators
SELECT -'5', -'5x', - -5, +'5', typeof(+'5'), ~'5', ~5.7, ~NULL, -NULL, -9223372036854775807, - 0.0, -x'35', ~ ~5, NOT NOT 5, -(-9223372036854775807 - 1);
-- # parameters of each kind share numbers
SELECT ?, ?1, :a, @a, $a, ?3, ?;
SELECT ?0;
SELECT :;
SELECT $a::b(c d), $a::b, @a1, :1;
-- # functions: names in quotes, star, wrong counts, DISTINCT
SELECT "abs"(-1), [abs](-1), `abs`(-1), ABS(-1);
SELECT 'abs'(-1);
SELECT abs(*);
SELECT count(*), count() FROM one;
SELECT max(*) FROM one;
SELECT abs(ALL -1);
SELECT count(ALL k), sum(DISTINCT k) FROM one;
SELECT main.abs(-1);
SELECT coalesce(), 1;
SELECT likelihood(1, 0.5), unlikely(NULL), likely('x');
-- # expressions as names of columns; strings in double quotes
SELECT 1+1, 'a'||'b', "nosuch", "nosuch" || 'x', (1), ((1)), -1, NOT 1, k, main.one.k, one.k AS q, count(*) FROM one GROUP BY k ORDER BY k;
SELECT "k" FROM one ORDER BY "k";
SELECT 'k' FROM one ORDER BY 'k';
SELECT one."k", "one"."k", [one].[k] FROM one LIMIT 1;
SELECT k.one FROM one;
SELECT `nosuch` FROM one;
SELECT [nosuch] FROM one;
-- # RAISE outside of triggers
SELECT RAISE(ABORT, 'x');
SELECT RAISE(IGNORE) FROM one;
---- new
-- # precedence, from the strongest to the weakest
SELECT ~1 || 2, -1 || 2, - 'a' || 'b', 'A' || 'b' COLLATE nocase = 'aB', 'A' COLLATE nocase || 'b' = 'ab', 2 * 3 || 4, 1 + 2 || 3, '{"a":{"b":5}}' -> 'a' ->> 'b' || 'x', 6 / 2 * 3, 7 % 4 * 2, 2 - 3 + 4, 1 << 2 - 1, 1 | 2 << 1, 5 & 3 | 8;
SELECT 1 < 2 < 3, 3 > 2 > 1, 1 = 2 < 3, 2 < 3 = 1, 1 <= 1 = 1, 1 + 1 > 1 & 1, 5 > 4 | 1, 'a' LIKE 'a' = 1, 1 = 'a' LIKE 'a', 1 IS 2 IS 0, 2 = 2 IS NOT NULL, NULL IS NULL = 1, 1 ISNULL = 0, 5 NOT NULL = 1, 1 IN (1) IN (1);
SELECT NOT 1 = 0, NOT 1 + 1 = 2, NOT 0 AND 0, NOT (0 AND 0), 1 OR 0 AND 0, 0 AND 1 OR 1, NOT NULL IS NULL, NOT 1 BETWEEN 0 AND 2, 1 BETWEEN 0 AND 2 AND 1, 1 BETWEEN 0 AND 1 OR 0, 1 BETWEEN 1 AND 1 = 1, NOT NOT 0, - - 3, ~ - 1, + - + 2;
SELECT 'a%' LIKE 'a\%' ESCAPE '\' || '', 'a' LIKE 'A' ESCAPE 'x' = 1, 1 || 'a' LIKE '1a', 5 BETWEEN 1 + 1 AND 2 * 3, 'b' BETWEEN 'a' AND 'c' COLLATE nocase, 1 IN (1, 2) AND 0, 3 NOT IN (1) + 0, NOT 3 IN (3);
-- # the results of operators: numbers or NULL, texts of || and ->>
SELECT typeof(1 + 1), typeof('a' + 1), typeof(1 < 2), typeof(1 AND 'x'), typeof(1 || 2), typeof('{"a":1}' -> 'a'), typeof('{"a":1}' ->> 'a'), typeof('{"a":"x"}' ->> 'a'), typeof('{}' -> 'a'), typeof(NULL || 1), typeof(5 / 2), typeof(5 / 2.0), typeof(x'31' + 0), typeof(x'31' || x'32');
SELECT NULL + 1, 1 - NULL, NULL * 0, NULL / 0, NULL % 1, NULL || 'a', NULL < 1, NULL = NULL, NULL <> 1, ~NULL, -NULL, +NULL, NULL & 1, NULL << 1, NULL LIKE 'a', NULL BETWEEN 1 AND 2, NULL IN (1), NOT NULL, NULL -> 'a', NULL AND 0, NULL OR 1, 0 AND NULL, 1 OR NULL;
SELECT +'abc', +x'00', +NULL, +1.50, typeof(+'5'), +'5' = 5, 9223372036854775807 + 0.0, 9223372036854775807 + 1, 4611686018427387904 * 2, -9223372036854775808 - 1, 9223372036854775807 - -1, 3037000500 * 3037000500, typeof(3037000499 * 3037000499);
-- # IS and IS NOT, in both spellings, never give NULL
SELECT a IS b, a IS NOT b, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b FROM (SELECT NULL AS a, NULL AS b UNION ALL SELECT NULL, 1 UNION ALL SELECT 1, NULL UNION ALL SELECT 1, 1 UNION ALL SELECT 1, 2);
-- # hexadecimal integers are for SQL text alone
SELECT 0x1234, 0X1234, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0x0000000000000001, -0x1, 0x7FFFFFFFFFFFFFFF + 0, typeof(0x10);
SELECT 0x00000000000000001;
SELECT 0x12345678901234567;
SELECT '0x1234' + 0, CAST('0x1234' AS INTEGER), CAST('0x1234' AS REAL), '0x10' = 16, '0x10' * 1.0, abs('0x10'), '0x10' & 255;
CREATE TABLE h(i INTEGER, t TEXT);
INSERT INTO h VALUES ('0x10', 0x10), (0x20, '0x20');
SELECT i, typeof(i), t FROM h;
-- # literals: exponents in both cases, quotes, blobs
SELECT 1E2, 1e2, 1.5E-3, 1e+2, .1e1, 2.e1, typeof(1e0), typeof(1.), 9223372036854775807, typeof(9223372036854775808), -9223372036854775808, typeof(-9223372036854775808), typeof(-9223372036854775809);
SELECT 'it''s', '''', '\n', length('\n'), x'53514C697465', X'53514c697465', CAST(x'53514C697465' AS TEXT), x'', NULL, null, 'a
b';
SELECT x'123';
SELECT x 'ab';
SELECT 1,5;
SELECT 1e;
SELECT 1e+;
SELECT 'abc;
SELECT "abc;
-- # LIKE, for all of ASCII and nothing else; of an escape, of functions
SELECT 'a' LIKE 'A', 'æ' LIKE 'Æ', 'É' LIKE 'é', 'Z' LIKE 'z', '[' LIKE '{', '%' LIKE '_', 'a%' LIKE 'a%', 'abc' LIKE 'a%c%', 'abc' LIKE '%%%', '' LIKE '', '' LIKE '%', 'a' LIKE '', '𝄞' LIKE '_', 'ab' LIKE '_', 'a' || char(0) || 'b' LIKE 'a';
SELECT '10%' LIKE '10x%' ESCAPE 'x', '10x' LIKE '10xx' ESCAPE 'x', 'a_b' LIKE 'a!_b' ESCAPE '!', 'acb' LIKE 'a!_b' ESCAPE '!', 'a' LIKE 'A!' ESCAPE '!', '%' LIKE '%%' ESCAPE '%', 'x' LIKE '_x' ESCAPE '_', 'ab' LIKE 'aéb' ESCAPE 'é', 'a' LIKE 'a' ESCAPE 5;
SELECT 'a' LIKE 'a' ESCAPE 'ab';
SELECT like('A%', 'abc'), like('a!%', 'a%', '!'), like(NULL, 'a'), glob('a*', 'ABC'), glob('[A-C]*', 'B');
SELECT like('a');
SELECT 'abc' NOT LIKE 'a%', NOT 'abc' LIKE 'b%', 'abc' NOT GLOB 'a?c', 'abc' GLOB 'ab', 'a/b' GLOB 'a*b', 'a' GLOB '[^b]', 'b' GLOB '[^b]', 'A' GLOB 'a';
SELECT 'a' MATCH 'a';
SELECT '{"a":2}' -> '$.a', '{"a":[1,2]}' -> 'a', '[1,2]' -> 1, '[1,2]' ->> -1, '{"a":null}' -> 'a', '{"a":null}' ->> 'a', '{"a":"x"}' -> 'a', 'no json' -> 'a';
-- # CASE: lazily, the base once, as with =
CREATE TABLE c(t TEXT, i INT, k COLLATE nocase);
INSERT INTO c VALUES ('1', 1, 'Key'), (NULL, NULL, NULL);
SELECT CASE t WHEN 1 THEN 'eq' ELSE 'ne' END, CASE 1 WHEN t THEN 'eq' ELSE 'ne' END, CASE i WHEN '1' THEN 'eq' END, CASE k WHEN 'KEY' THEN 'eq' END, CASE 'KEY' WHEN k THEN 'eq' ELSE 'ne' END, CASE t WHEN NULL THEN 'null' ELSE 'else' END, CASE WHEN t IS NULL THEN 'null' END FROM c;
SELECT CASE WHEN 0 THEN abs(-9223372036854775808) WHEN 1 THEN 'lazy' ELSE abs(-9223372036854775808) END, CASE 1 WHEN 1 THEN 'first' WHEN abs(-9223372036854775808) THEN 2 END, CASE WHEN 'abc' THEN 1 WHEN '1abc' THEN 2 END, CASE WHEN 0.0 THEN 1 WHEN 0.1 THEN 2 END, iif(0, 1, 2), iif(1, 'a'), iif(0, 'a'), iif('x', 1, 0), if(1, 2, 3), iif(0, 1, 1, 2, 3);
SELECT count(DISTINCT CASE abs(random() % 2) WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 'never' END) < 3 FROM c;
-- # the table of IN
SELECT 1 IN (2), 1 NOT IN (2), NULL IN (), NULL NOT IN (), 1 IN (), 1 IN (NULL, 1), 1 NOT IN (NULL, 1), 1 IN (NULL, 2), 1 NOT IN (NULL, 2), NULL IN (1), NULL NOT IN (1), NULL IN (NULL), NULL IN (SELECT 1 WHERE 0), 1 IN (SELECT NULL), 1 IN (SELECT 1 UNION SELECT NULL), NULL NOT IN (SELECT i FROM c);
SELECT (1, 2) IN (SELECT 1, 2), (1, 2) IN (SELECT 1, NULL), (1, 2) NOT IN (SELECT 2, NULL), (1, NULL) IN (SELECT 1, 2), (1, NULL) IN (SELECT 2, 2), (1, 2) IN (SELECT 1, 2 WHERE 0);
SELECT (1, 2) IN (SELECT 1);
SELECT 1 IN (SELECT 1, 2);
SELECT (1, 2) IN ((1, 2));
SELECT 1 IN ((1, 2));
SELECT (1, 2) IN (1, 2);
SELECT 1 IN c;
SELECT (1, 2, 3) IN c, ('1', 1, 'key') IN c;
SELECT '$[0]' IN json_each('[1]');
-- # subqueries: the first row, NULL without one; several columns as row values only
SELECT (SELECT i FROM c WHERE i = 1), (SELECT i FROM c WHERE 0), (SELECT count(*) FROM c), (SELECT 1 UNION SELECT 0 ORDER BY 1), (SELECT k FROM c ORDER BY k DESC LIMIT 1), (VALUES (1), (2));
SELECT (SELECT 1, 2) = (1, 2), (1, 2) < (SELECT 1, 3), (SELECT t, i FROM c) = ('1', 1), (SELECT 1, 2) IS (SELECT 1, 2), (SELECT 1, 2) BETWEEN (1, 1) AND (1, 3);
SELECT (SELECT 1, 2) + 1;
SELECT abs((SELECT 1, 2));
SELECT 1 WHERE (SELECT 1, 2);
UPDATE c SET (t, i) = (SELECT 'new', 5) WHERE i = 1;
SELECT EXISTS (SELECT NULL FROM c), EXISTS (SELECT 1, 2, 3 FROM c WHERE 0), typeof(NOT EXISTS (SELECT 1)), EXISTS (SELECT max(i) FROM c WHERE 0), EXISTS (SELECT i FROM c GROUP BY i HAVING 0);
-- # what does not depend on the row is evaluated once, what does for each row
CREATE TABLE many(a);
INSERT INTO many VALUES (1), (2), (3), (4), (5), (6), (7), (8);
SELECT count(DISTINCT r) FROM (SELECT (SELECT random()) AS r FROM many);
SELECT count(DISTINCT r) > 1 FROM (SELECT (SELECT random() + many.a * 0) AS r FROM many);
SELECT a, (SELECT sum(b.a) FROM many AS b WHERE b.a < many.a) FROM many WHERE EXISTS (SELECT 1 FROM many AS d WHERE d.a = many.a + 5) AND a NOT IN (SELECT e.a FROM many AS e WHERE e.a = many.a AND e.a > 2);
-- # CAST: every row of the table
SELECT hex(CAST('é' AS BLOB)), hex(CAST(12 AS BLOB)), hex(CAST(1.5 AS nothing)), typeof(CAST(1.5 AS nothing)), CAST(x'c3a9' AS TEXT), length(CAST(x'ff' AS TEXT)), CAST(1e100 AS TEXT), CAST(-0.0 AS TEXT), CAST(1e15 AS TEXT), CAST(123456789.0 AS TEXT), CAST(0.1 + 0.2 AS TEXT);
SELECT CAST('  12.5e1x' AS REAL), CAST(x'312e35' AS REAL), CAST('.' AS REAL), CAST('e' AS REAL), CAST('+1' AS REAL), CAST('1 2' AS REAL), CAST(char(9) || '3' AS REAL), CAST('-.5' AS REAL), CAST('1e1000' AS REAL), CAST('Inf' AS REAL);
SELECT CAST('123e+5' AS INTEGER), CAST('12.9' AS INTEGER), CAST('  -7x' AS INTEGER), CAST('9223372036854775808' AS INTEGER), CAST('-9223372036854775809' AS INTEGER), CAST('99999999999999999999' AS INTEGER), CAST(x'2d37' AS INTEGER), CAST(-1.9 AS INTEGER), CAST(1e19 AS INTEGER), CAST(-1e19 AS INTEGER), CAST(9223372036854774784.0 AS INTEGER), CAST('0x1F' AS INTEGER), CAST('' AS INTEGER);
SELECT typeof(CAST('12' AS NUMERIC)), typeof(CAST('12.0' AS NUMERIC)), typeof(CAST('1.2e1' AS NUMERIC)), typeof(CAST('12.5' AS NUMERIC)), typeof(CAST('9223372036854775807' AS NUMERIC)), typeof(CAST('9223372036854775808' AS NUMERIC)), typeof(CAST('2251799813685247.0' AS NUMERIC)), typeof(CAST('2251799813685248.0' AS NUMERIC)), typeof(CAST('4503599627370497.0' AS NUMERIC)), typeof(CAST('1e15' AS NUMERIC)), typeof(CAST('1e18' AS NUMERIC)), typeof(CAST(12.0 AS NUMERIC)), typeof(CAST(12 AS NUMERIC)), CAST('12abc' AS NUMERIC), CAST('abc' AS NUMERIC), CAST(x'3132' AS NUMERIC);
SELECT CAST(NULL AS INTEGER), CAST(NULL AS BLOB), typeof(CAST(NULL AS TEXT)), CAST('abc' AS TEXT) COLLATE nocase = 'ABC', CAST(CAST('7' AS BLOB) AS INTEGER);
-- # booleans: in WHERE, ON, HAVING, WHEN and CASE
SELECT v, v IS TRUE, NOT v, CASE WHEN v THEN 'true' ELSE 'false' END FROM (SELECT NULL AS v UNION ALL VALUES (0.0), (0), ('english'), ('0'), (1), (1.0), (0.1), (-0.1), ('1english'), (x'31'), (x'00'), ('0.0'), ('.5'));
SELECT count(*) FROM many WHERE 'english';
SELECT count(*) FROM many WHERE '1english';
SELECT count(*) FROM many JOIN c ON 'x';
SELECT count(*) FROM many LEFT JOIN c ON NULL;
SELECT count(*) FROM many GROUP BY a HAVING '0.1' LIMIT 1;
SELECT count(*) FROM many HAVING 'x';
CREATE TABLE fired(a);
CREATE TRIGGER w1 AFTER INSERT ON many WHEN 'english' BEGIN INSERT INTO fired VALUES ('w1'); END;
CREATE TRIGGER w2 AFTER INSERT ON many WHEN '1english' BEGIN INSERT INTO fired VALUES ('w2'); END;
CREATE TRIGGER w3 AFTER INSERT ON many WHEN NULL BEGIN INSERT INTO fired VALUES ('w3'); END;
INSERT INTO many VALUES (9);
SELECT * FROM fired;
DELETE FROM many WHERE 'x';
UPDATE many SET a = 10 WHERE a = 9 AND '1';
-- # TRUE and FALSE are columns where there are such, and IS TRUE tests
SELECT TRUE, FALSE, typeof(true), 5 IS TRUE, 5 IS NOT FALSE, 'x' IS FALSE, NULL IS NOT TRUE, 0.0 IS FALSE, 1 = TRUE, 2 = TRUE, (TRUE) IS 1, 2 IS (TRUE), 2 IS +TRUE, TRUE IS TRUE;
SELECT true FROM (SELECT 7 AS true);
CREATE TABLE true(false);
INSERT INTO true VALUES (3);
SELECT true.false, false, true FROM true;
SELECT "true", 'true', [true] FROM many LIMIT 1;
-- # one name, two functions, by the number of arguments; FILTER, DISTINCT and OVER where they belong
SELECT max(a), max(1, 2), min(a), min(3, 2, 1), max(a) FILTER (WHERE a < 5), sum(DISTINCT a % 2), max('a', NULL) FROM many;
SELECT max(1, 2) FILTER (WHERE 1);
SELECT max(DISTINCT 1, 2);
SELECT abs(1) OVER ();
SELECT row_number();
SELECT row_number() FROM many;
SELECT count(*) FILTER (WHERE a > 3) OVER () FROM many LIMIT 1;
SELECT count(DISTINCT a) OVER () FROM many;
SELECT max() FROM many;
