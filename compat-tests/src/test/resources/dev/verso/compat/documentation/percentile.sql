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
