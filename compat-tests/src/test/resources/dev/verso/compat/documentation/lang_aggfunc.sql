CREATE TABLE t(g, n, s, r REAL);
INSERT INTO t VALUES ('a', 1, 'x', 1.5), ('a', 2, NULL, 2.5), ('a', 2, 'y', NULL), ('b', NULL, 'z', 0.1), ('b', -5, 'x', 0.2), (NULL, 7, 'w', 1e300);
-- # every function over groups, NULLs left out
SELECT g, avg(n), count(*), count(n), max(n), min(n), sum(n), total(n) FROM t GROUP BY g ORDER BY g;
SELECT g, group_concat(s), group_concat(s, '-'), string_agg(s, '+') FROM t GROUP BY g ORDER BY g;
SELECT avg(r), sum(r), total(r), max(s), min(s) FROM t;
-- # of nothing
SELECT avg(n), count(*), count(n), max(n), sum(n), total(n), group_concat(s) FROM t WHERE 0;
SELECT typeof(sum(n)), typeof(total(n)), typeof(avg(n)) FROM t;
-- # sum of integers is an integer, with a real among them a real, and overflows
SELECT typeof(sum(column1)), sum(column1) FROM (VALUES (1), (2.0));
SELECT sum(column1) FROM (VALUES (9223372036854775807), (1));
SELECT total(column1) FROM (VALUES (9223372036854775807), (1));
SELECT sum(column1) FROM (VALUES (9223372036854775807), (1), (-1.0));
SELECT sum(column1), avg(column1), typeof(sum(column1)) FROM (VALUES ('12'), ('abc'), (x'31'), ('1.5x'));
SELECT sum(column1) FROM (VALUES (1e308), (1e308), (-1e308));
SELECT sum(column1), avg(column1) FROM (VALUES (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1));
-- # DISTINCT, FILTER, ORDER BY
SELECT count(DISTINCT n), sum(DISTINCT n), avg(DISTINCT n), group_concat(DISTINCT s), count(DISTINCT g) FROM t;
SELECT count(*) FILTER (WHERE n > 1), sum(n) FILTER (WHERE g = 'a'), max(n) FILTER (WHERE 0) FROM t;
SELECT group_concat(s, ',' ORDER BY s DESC), group_concat(s ORDER BY n, s), group_concat(DISTINCT s ORDER BY s) FROM t;
SELECT group_concat(DISTINCT s, '-') FROM t;
SELECT group_concat(s ORDER BY n DESC NULLS LAST, s) FILTER (WHERE s <> 'x') FROM t;
-- # max and min of one argument with bare columns
SELECT s, max(n) FROM t;
SELECT s, min(n) FROM t;
SELECT g, s, max(n) FROM t GROUP BY g ORDER BY g;
SELECT max(s COLLATE nocase), min('B', 'a') FROM t;
SELECT max(1, 2), max(n) FROM t;
-- # wrong uses
SELECT count(1, 2) FROM t;
SELECT sum() FROM t;
SELECT avg(*) FROM t;
SELECT sum(sum(n)) FROM t;
SELECT n FROM t WHERE sum(n) > 1;
SELECT n FROM t ORDER BY sum(n);
SELECT group_concat(s, 1, 2) FROM t;
SELECT count(DISTINCT *) FROM t;
SELECT total(DISTINCT n), count(*) FROM t GROUP BY 1;
-- # in HAVING and ORDER BY, in subqueries of an outer query
SELECT g FROM t GROUP BY g HAVING sum(n) > 0 ORDER BY count(*) DESC, g;
SELECT g, (SELECT max(t.n)) FROM t GROUP BY g ORDER BY g;
SELECT (SELECT sum(x.n) FROM t AS x WHERE x.g = t.g) FROM t ORDER BY rowid;
---- new
-- # avg: texts and blobs that are no numbers count as 0; real even of integers; NULL of nothing
SELECT avg(column1), typeof(avg(column1)) FROM (VALUES (1), (2), (3));
SELECT avg(column1), count(*), count(column1), sum(column1), total(column1) FROM (VALUES ('abc'), (x'3132'), ('4x'), (NULL), (2));
SELECT avg(column1), sum(column1), total(column1), typeof(total(column1)) FROM (VALUES (NULL), (NULL));
SELECT avg(column1) FROM (VALUES (9223372036854775807), (9223372036854775807));
SELECT avg(column1), sum(column1) FROM (VALUES (1e308), (1e308));
-- # sum: integers stay so, and overflow at any point; total never does
SELECT sum(column1), typeof(sum(column1)) FROM (VALUES (1), (NULL), (2));
SELECT sum(column1), typeof(sum(column1)) FROM (VALUES (1), ('2'));
SELECT sum(column1), typeof(sum(column1)) FROM (VALUES (1), ('2.0'));
SELECT sum(column1), typeof(sum(column1)) FROM (VALUES (1), (x'32'));
SELECT sum(column1) FROM (VALUES (9223372036854775807), (1), (-1));
SELECT sum(column1) FROM (VALUES (-9223372036854775808), (-1));
SELECT sum(column1), typeof(sum(column1)) FROM (VALUES (9223372036854775807), (1), (0.5));
SELECT sum(column1) FROM (VALUES (9223372036854775807), (1), ('x'));
SELECT total(column1) FROM (VALUES (9223372036854775807), (9223372036854775807));
SELECT sum(column1) FROM (VALUES (1e300), (1.0), (-1e300));
SELECT sum(column1) FROM (VALUES (9e999), (-9e999));
-- # max and min are the last and the first of the order, by its collation
CREATE TABLE m(v, k COLLATE nocase);
INSERT INTO m VALUES (5, 'b'), ('text', 'A'), (x'00', 'a'), (NULL, 'B'), (-1.5, NULL);
SELECT max(v), min(v), typeof(max(v)), typeof(min(v)) FROM m;
SELECT v FROM m ORDER BY v DESC LIMIT 1;
SELECT v FROM m WHERE v IS NOT NULL ORDER BY v LIMIT 1;
SELECT max(k), min(k), max(k COLLATE binary), min(k COLLATE binary) FROM m;
SELECT max(v), min(v), count(v) FROM m WHERE v IS NULL;
SELECT max(DISTINCT v), min(DISTINCT k), count(DISTINCT k), count(DISTINCT k COLLATE binary) FROM m;
-- # group_concat and string_agg: separators of every kind, blobs, NULLs
CREATE TABLE g(i INTEGER PRIMARY KEY, s, sep);
INSERT INTO g VALUES (1, 'a', '-'), (2, NULL, '+'), (3, 3, '*'), (4, x'34', NULL), (5, '', '/'), (6, 1.5, ':');
SELECT group_concat(s), group_concat(s, ''), group_concat(s, '--'), group_concat(s, sep), group_concat(s, NULL), string_agg(s, ','), group_concat(s, 5) FROM g;
SELECT group_concat(DISTINCT s) FROM (SELECT 'x' AS s UNION ALL SELECT 'y' UNION ALL SELECT 'x');
SELECT group_concat(s, sep ORDER BY i DESC), group_concat(s ORDER BY s) FROM g;
SELECT string_agg(s) FROM g;
SELECT typeof(group_concat(s)) FROM g WHERE s IS NULL;
SELECT typeof(group_concat(s)), length(group_concat(s)) FROM g WHERE s = '';
-- # DISTINCT for one argument, FILTER for rows that count
SELECT count(DISTINCT column1), sum(DISTINCT column1), avg(DISTINCT column1), total(DISTINCT column1) FROM (VALUES (1), (1.0), ('1'), (2), (NULL), (NULL));
SELECT count(*) FILTER (WHERE i > 2), count(s) FILTER (WHERE i > 2), sum(i) FILTER (WHERE s IS NULL), max(i) FILTER (WHERE NULL), group_concat(i) FILTER (WHERE i % 2), avg(i) FILTER (WHERE 'abc'), count(DISTINCT i % 2) FILTER (WHERE i < 6) FROM g;
SELECT count(*) FILTER (WHERE count(*) > 1) FROM g;
SELECT count(*) FILTER (i > 2) FROM g;
SELECT sum(i, 2) FROM g;
SELECT count(DISTINCT) FROM g;
SELECT total(*) FROM g;
SELECT count(s, i) FROM g;
SELECT median(i), percentile(i, 50), percentile_cont(i, 0.5), percentile_disc(i, 0.5) FROM g;
