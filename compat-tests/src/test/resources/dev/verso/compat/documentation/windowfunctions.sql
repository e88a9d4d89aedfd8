CREATE TABLE t0(x INTEGER PRIMARY KEY, y TEXT);
INSERT INTO t0 VALUES (1, 'aaa'), (2, 'ccc'), (3, 'bbb');
CREATE TABLE t1(a INTEGER PRIMARY KEY, b, c);
INSERT INTO t1 VALUES (1, 'A', 'one'), (2, 'B', 'two'), (3, 'C', 'three'), (4, 'D', 'one'), (5, 'E', 'two'), (6, 'F', 'three'), (7, 'G', 'one');
-- # row_number and named windows
SELECT x, y, row_number() OVER (ORDER BY y) AS row_number FROM t0 ORDER BY x;
SELECT x, y, row_number() OVER win1, rank() OVER win2 FROM t0 WINDOW win1 AS (ORDER BY y RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), win2 AS (PARTITION BY y ORDER BY x) ORDER BY x;
-- # aggregates as windows
SELECT a, b, group_concat(b, '.') OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS g FROM t1;
SELECT c, a, b, group_concat(b, '.') OVER (PARTITION BY c ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t1 ORDER BY c, a;
SELECT c, a, b, group_concat(b, '.') OVER (PARTITION BY c ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t1 ORDER BY a;
SELECT a, sum(a) OVER (), count(*) OVER (), avg(a) OVER (ORDER BY a), total(a) OVER (ORDER BY a DESC), min(b) OVER (ORDER BY a ROWS 2 PRECEDING), max(b) OVER (ORDER BY a ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM t1;
-- # frame types: peers count in RANGE and GROUPS
SELECT a, b, c, group_concat(b, '.') OVER (ORDER BY c) AS peers FROM t1 ORDER BY a;
SELECT a, b, c, group_concat(b, '.') OVER (ORDER BY c, a ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW), group_concat(b, '.') OVER (ORDER BY a RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM t1 ORDER BY a;
SELECT a, sum(a) OVER (ORDER BY a DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(a) OVER (ORDER BY a ROWS BETWEEN 2 FOLLOWING AND 1 FOLLOWING), sum(a) OVER (ORDER BY c GROUPS 1 PRECEDING), sum(a) OVER (ORDER BY c GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM t1 ORDER BY a;
-- # EXCLUDE
SELECT c, a, b, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS) AS no_others, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS current_row, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS grp, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS ties FROM t1 ORDER BY c, a;
-- # FILTER
SELECT c, a, b, group_concat(b, '.') FILTER (WHERE c != 'two') OVER (ORDER BY a) FROM t1 ORDER BY a;
-- # the built-in window functions
CREATE TABLE t2(a, b);
INSERT INTO t2 VALUES ('a', 'one'), ('a', 'two'), ('a', 'three'), ('b', 'four'), ('c', 'five'), ('c', 'six');
SELECT a AS a, row_number() OVER win AS row_number, rank() OVER win AS rank, dense_rank() OVER win AS dense_rank, percent_rank() OVER win AS percent_rank, cume_dist() OVER win AS cume_dist FROM t2 WINDOW win AS (ORDER BY a);
SELECT a AS a, b AS b, ntile(2) OVER win AS ntile_2, ntile(4) OVER win AS ntile_4 FROM t2 WINDOW win AS (ORDER BY a);
SELECT b AS b, lead(b, 2, 'n/a') OVER win AS lead, lag(b) OVER win AS lag, first_value(b) OVER win AS first_value, last_value(b) OVER win AS last_value, nth_value(b, 3) OVER win AS nth_value_3 FROM t1 WINDOW win AS (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);
SELECT lag(a, 0) OVER (ORDER BY a), lag(a, 100) OVER (ORDER BY a), lead(a, NULL) OVER (ORDER BY a), lag(a, -1) OVER (ORDER BY a) FROM t1;
-- # chaining of windows
SELECT a, group_concat(b, '.') OVER (win ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t1 WINDOW win AS (PARTITION BY c ORDER BY a) ORDER BY a;
SELECT a, sum(a) OVER (base ORDER BY a) FROM t1 WINDOW base AS (PARTITION BY c) ORDER BY a;
SELECT sum(a) OVER (win PARTITION BY b) FROM t1 WINDOW win AS (ORDER BY a);
SELECT sum(a) OVER (win ORDER BY b) FROM t1 WINDOW win AS (ORDER BY a);
SELECT sum(a) OVER (win ROWS 1 PRECEDING) FROM t1 WINDOW win AS (ORDER BY a ROWS 2 PRECEDING);
SELECT sum(a) OVER nosuch FROM t1;
-- # where they may stand, what they may not do
SELECT a FROM t1 ORDER BY row_number() OVER (ORDER BY b DESC);
SELECT a FROM t1 WHERE row_number() OVER () > 1;
SELECT a FROM t1 GROUP BY row_number() OVER ();
SELECT a FROM t1 HAVING row_number() OVER () > 1;
SELECT row_number() FROM t1;
SELECT count(DISTINCT a) OVER () FROM t1;
SELECT abs(a) OVER () FROM t1;
SELECT sum(row_number() OVER ()) FROM t1;
SELECT sum(sum(a)) OVER (ORDER BY c) FROM t1 GROUP BY c;
SELECT c, sum(a), rank() OVER (ORDER BY sum(a) DESC) FROM t1 GROUP BY c ORDER BY c;
SELECT ntile(0) OVER (ORDER BY a) FROM t1;
SELECT nth_value(a, 0) OVER (ORDER BY a) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS -1 PRECEDING) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t1;
SELECT sum(a) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a, b RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 'x' PRECEDING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a GROUPS BETWEEN 1.5 PRECEDING AND CURRENT ROW) FROM t1;
SELECT row_number() FILTER (WHERE a > 1) OVER (ORDER BY a) FROM t1;
SELECT lag(a, b, c, 4) OVER () FROM t1;
-- # NULLs in the order
SELECT x, sum(x) OVER (ORDER BY x NULLS LAST), sum(x) OVER (ORDER BY x DESC NULLS FIRST RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (SELECT 1 AS x UNION ALL SELECT NULL UNION ALL SELECT 2 UNION ALL SELECT NULL) ORDER BY x;
