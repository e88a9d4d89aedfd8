CREATE TABLE t(g, x);
INSERT INTO t VALUES ('a', 1), ('a', 4), ('a', 6), ('a', 7), ('a', 8), ('a', 9), ('a', 11), ('b', 2.5), ('b', NULL), ('b', -3), ('c', NULL);
-- # percentile(Y,P) by linear interpolation, P from 0 to 100
SELECT percentile(x, 0), percentile(x, 25), percentile(x, 50), percentile(x, 62.5), percentile(x, 100) FROM t WHERE g = 'a';
-- # percentile_cont(Y,P) is percentile(Y,P*100), median(Y) is percentile(Y,50)
SELECT percentile_cont(x, 0.25) = percentile(x, 25), median(x), percentile(x, 50) FROM t;
-- # percentile_disc takes a value that is there
SELECT percentile_disc(x, 0.2), percentile_disc(x, 0.5), percentile_disc(x, 0.99) FROM t;
-- # the result is a real, or NULL if there is no value
SELECT g, typeof(median(x)), median(x) FROM t GROUP BY g;
SELECT median(x) FROM t WHERE 0;
-- # P has to be in range, numeric, and the same for all rows
SELECT percentile(x, 100.5) FROM t;
SELECT percentile(x, -1) FROM t;
SELECT percentile_cont(x, 1.5) FROM t;
SELECT percentile_disc(x, 'half') FROM t;
SELECT percentile(x, NULL) FROM t;
SELECT percentile(x, x) FROM t WHERE x > 0;
SELECT percentile(x, 50 + x / 100000.0) FROM t WHERE g = 'a';
-- # Y has to be numeric and finite; texts are not converted
SELECT percentile('1', 50);
SELECT median(x'31');
SELECT median(9e999);
-- # as window functions
SELECT x, median(x) OVER (ORDER BY x ROWS 2 PRECEDING), percentile(x, 30) OVER (PARTITION BY g), percentile_disc(x, 0.5) OVER (ORDER BY x DESC GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM t ORDER BY g, x;
-- # with FILTER and DISTINCT
SELECT median(x) FILTER (WHERE g = 'a'), median(DISTINCT x) FROM t;
-- # WITHIN GROUP is not compiled in
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM t;
---- new
-- # arguments: how many, of which kind, which P
CREATE TABLE p(y, w);
INSERT INTO p VALUES (10, 1), (20, 1), (30, 2), (40, 2), (NULL, 1);
SELECT percentile(y) FROM p;
SELECT percentile(y, 50, 1) FROM p;
SELECT percentile() FROM p;
SELECT percentile(*) FROM p;
SELECT median(y, 50) FROM p;
SELECT median() FROM p;
SELECT percentile_cont(y) FROM p;
SELECT percentile_disc(y) FROM p;
SELECT percentile(y, 0), percentile(y, 100), percentile(y, 0.0), percentile(y, 100.0) FROM p;
SELECT percentile(y, -0.001) FROM p;
SELECT percentile(y, 100.001) FROM p;
SELECT percentile(y, '50') FROM p;
SELECT percentile(y, x'35') FROM p;
SELECT percentile(y, 9e999) FROM p;
SELECT percentile_cont(y, 0), percentile_cont(y, 1), percentile_cont(y, 0.5) FROM p;
SELECT percentile_cont(y, 1.001) FROM p;
SELECT percentile_disc(y, 2) FROM p;
-- # the same P for all rows: within a thousandth
SELECT percentile(y, 50 + y * 0.00001) FROM p;
SELECT percentile(y, 50 + y) FROM p;
SELECT percentile(y, CASE WHEN y > 30 THEN 50.0009 ELSE 50 END) FROM p;
SELECT percentile(y, CASE WHEN y > 30 THEN 50.0011 ELSE 50 END) FROM p;
SELECT percentile_cont(y, CASE WHEN y > 30 THEN 0.501 ELSE 0.5 END) FROM p;
SELECT w, percentile(y, w * 25) FROM p GROUP BY w;
-- # NULLs do not count, other values that are no numbers are refused
SELECT percentile(y, 50), median(y), count(y), count(*) FROM p;
SELECT percentile(NULL, 50), median(NULL), percentile_cont(NULL, 0.5), percentile_disc(NULL, 0.5);
SELECT percentile(y, 50) FROM p WHERE y IS NULL;
SELECT percentile(y, 200) FROM p WHERE y IS NULL;
SELECT percentile(y, 50) FROM p WHERE 0;
SELECT percentile(y, NULL) FROM p WHERE 0;
SELECT median('abc');
SELECT median('');
SELECT percentile(column1, 50) FROM (VALUES (1), ('2'));
SELECT percentile(column1, 50) FROM (VALUES (1), (x'32'));
SELECT percentile(9e999, 50);
SELECT percentile(-9e999, 50);
SELECT percentile(9e999 - 9e999, 50);
SELECT percentile_disc('x', 0.5);
-- # one value is the answer; the answer is always a real
SELECT percentile(7, 33), typeof(percentile(7, 33)), median(7), percentile_disc(7, 0.9), typeof(percentile_disc(7, 0.9));
SELECT typeof(percentile_disc(y, 0.5)), typeof(median(y)) FROM p;
SELECT percentile(9223372036854775807, 50), median(-9223372036854775808);
-- # interpolation, and the lower of two values without it
SELECT percentile(y, 10), percentile(y, 33.3), percentile(y, 66.6), percentile(y, 90) FROM p;
SELECT percentile_cont(y, 0.1), percentile_cont(y, 0.333), percentile_disc(y, 0.333), percentile_disc(y, 0.334), percentile_disc(y, 0.9), percentile_disc(y, 1) FROM p;
SELECT median(y) FROM (SELECT y FROM p UNION ALL SELECT 25);
SELECT median(column1) FROM (VALUES (1.5), (-2), (0), (1e10));
SELECT median(y), median(DISTINCT w), percentile(DISTINCT w, 50) FROM p;
SELECT percentile(DISTINCT y, 50) FROM p;
-- # many rows
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT percentile(i * 7919 % 20001, 12.5), median(i), percentile_disc(i, 0.75) FROM n;
-- # in expressions, HAVING, ORDER BY, subqueries, windows
SELECT w, median(y) + 1 AS m FROM p GROUP BY w HAVING median(y) > 0 ORDER BY median(y) DESC;
SELECT y, median(y) OVER (), percentile(y, 25) OVER (ORDER BY y), percentile_cont(y, 0.5) OVER (PARTITION BY w), percentile_disc(y, 0.5) OVER (ORDER BY y ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM p ORDER BY y;
SELECT y, median(y) FILTER (WHERE y > 10) OVER (ORDER BY y ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM p ORDER BY y;
SELECT percentile_disc(y, 0.5) WITHIN GROUP (ORDER BY y) FROM p;
SELECT MEDIAN(y ORDER BY y DESC) FROM p;
