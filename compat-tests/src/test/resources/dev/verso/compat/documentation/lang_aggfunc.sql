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
