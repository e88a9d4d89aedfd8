-- # a window function sees the rows of its window, one result row for each
CREATE TABLE t0(x INTEGER PRIMARY KEY, y TEXT);
INSERT INTO t0 VALUES (1, 'aaa'), (2, 'ccc'), (3, 'bbb');
SELECT x, y, row_number() OVER (ORDER BY y) AS row_number FROM t0 ORDER BY x;
-- # a named window may be used by several functions
SELECT x, y, row_number() OVER win1, rank() OVER win2 FROM t0 WINDOW win1 AS (ORDER BY y RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), win2 AS (PARTITION BY y ORDER BY x) ORDER BY x;
SELECT x, max(y) OVER nosuch FROM t0 WINDOW win1 AS (ORDER BY y);
-- # the WINDOW clause stands between HAVING and ORDER BY
SELECT y, count(*), sum(count(*)) OVER w FROM t0 GROUP BY y HAVING count(*) > 0 WINDOW w AS (ORDER BY y) ORDER BY y DESC;
SELECT x FROM t0 ORDER BY x WINDOW w AS (ORDER BY y);
-- # DISTINCT is not for window functions
SELECT count(DISTINCT x) OVER () FROM t0;
-- # window functions stand in the result set and in ORDER BY only
SELECT x FROM t0 WHERE row_number() OVER (ORDER BY x) = 1;
SELECT x FROM t0 GROUP BY row_number() OVER (ORDER BY x);
SELECT count(*) FROM t0 GROUP BY y HAVING row_number() OVER (ORDER BY x) > 0;
SELECT x FROM t0 ORDER BY row_number() OVER (ORDER BY y DESC);
SELECT x FROM t0 LIMIT row_number() OVER ();
-- # aggregates as window functions
CREATE TABLE t1(a INTEGER PRIMARY KEY, b, c);
INSERT INTO t1 VALUES (1, 'A', 'one'), (2, 'B', 'two'), (3, 'C', 'three'), (4, 'D', 'one'), (5, 'E', 'two'), (6, 'F', 'three'), (7, 'G', 'one');
SELECT a, b, group_concat(b, '.') OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS group_concat FROM t1;
SELECT a, sum(a) OVER (), total(a) OVER (ORDER BY a), avg(a) OVER (ORDER BY a DESC), count(*) OVER (ORDER BY c), min(b) OVER (ORDER BY a ROWS 1 PRECEDING), max(b) OVER (ORDER BY a ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) FROM t1 ORDER BY a;
-- # a scalar function is none, whatever stands behind it
SELECT upper(b) OVER () FROM t1;
SELECT row_number() FROM t1;
-- # PARTITION BY
SELECT c, a, b, group_concat(b, '.') OVER (PARTITION BY c ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS group_concat FROM t1 ORDER BY c, a;
SELECT c, a, b, group_concat(b, '.') OVER (PARTITION BY c ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS group_concat FROM t1 ORDER BY a;
-- # without a frame: RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS
SELECT a, b, c, group_concat(b, '.') OVER (ORDER BY c) AS group_concat FROM t1 ORDER BY a;
SELECT a, b, c, group_concat(b, '.') OVER (ORDER BY c RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS) AS group_concat FROM t1 ORDER BY a;
-- # without ORDER BY all rows of the partition are peers
SELECT a, group_concat(b, '') OVER (PARTITION BY c) FROM t1 ORDER BY a;
SELECT a, group_concat(b, '') OVER (RANGE CURRENT ROW) FROM t1 ORDER BY a;
-- # the three units
SELECT a, c, group_concat(b, '.') OVER (ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS by_rows, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS by_groups, group_concat(b, '.') OVER (ORDER BY a / 3 RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS by_range FROM t1 ORDER BY c, a;
-- # a RANGE with an offset has one ORDER BY term
SELECT sum(a) OVER (ORDER BY a, b RANGE 1 PRECEDING) FROM t1;
SELECT sum(a) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t1;
-- # a frame without BETWEEN ends with the current row
SELECT a, sum(a) OVER (ORDER BY a ROWS 2 PRECEDING), sum(a) OVER (ORDER BY a ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS 2 FOLLOWING) FROM t1;
-- # a frame does not end before it begins
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 3 PRECEDING) FROM t1;
-- # offsets: whole and not negative for ROWS and GROUPS, not negative for RANGE
SELECT sum(a) OVER (ORDER BY a ROWS 1.5 PRECEDING) FROM t1;
SELECT sum(a) OVER (ORDER BY a GROUPS BETWEEN CURRENT ROW AND -1 FOLLOWING) FROM t1;
SELECT sum(a) OVER (ORDER BY a RANGE -1 PRECEDING) FROM t1;
SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN CURRENT ROW AND 'x' FOLLOWING) FROM t1;
SELECT a, sum(a) OVER (ORDER BY a RANGE 1.5 PRECEDING), sum(a) OVER (ORDER BY a ROWS 1 + 1 PRECEDING) FROM t1;
SELECT sum(a) OVER (ORDER BY a ROWS a PRECEDING) FROM t1;
-- # RANGE of values that are no numbers: only rows with the same value
CREATE TABLE mixed(v);
INSERT INTO mixed VALUES (NULL), (NULL), (1), (2.5), (3), ('a'), ('b'), (x'00');
SELECT v, count(*) OVER (ORDER BY v RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING) FROM mixed;
SELECT v, count(*) OVER (ORDER BY v DESC RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING) FROM mixed;
SELECT v, count(*) OVER (ORDER BY v NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING) FROM mixed;
-- # EXCLUDE
SELECT a, c, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS) AS no_others, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS current_row, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS grp, group_concat(b, '.') OVER (ORDER BY c GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS ties FROM t1 ORDER BY c, a;
-- # FILTER
SELECT c, a, b, group_concat(b, '.') FILTER (WHERE c != 'two') OVER (ORDER BY a) AS group_concat FROM t1 ORDER BY a;
SELECT rank() FILTER (WHERE a > 1) OVER (ORDER BY a) FROM t1;
-- # built-in functions
CREATE TABLE t2(a, b);
INSERT INTO t2 VALUES ('a', 'one'), ('a', 'two'), ('a', 'three'), ('b', 'four'), ('c', 'five'), ('c', 'six');
SELECT a AS a, row_number() OVER win AS row_number, rank() OVER win AS rank, dense_rank() OVER win AS dense_rank, percent_rank() OVER win AS percent_rank, cume_dist() OVER win AS cume_dist FROM t2 WINDOW win AS (ORDER BY a);
SELECT a AS a, b AS b, ntile(2) OVER win AS ntile_2, ntile(4) OVER win AS ntile_4 FROM t2 WINDOW win AS (ORDER BY a);
SELECT b AS b, lead(b, 2, 'n/a') OVER win AS lead, lag(b) OVER win AS lag, first_value(b) OVER win AS first_value, last_value(b) OVER win AS last_value, nth_value(b, 3) OVER win AS nth_value_3 FROM t2 WINDOW win AS (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);
SELECT ntile(0) OVER () FROM t2;
SELECT nth_value(b, 0) OVER () FROM t2;
SELECT lag(b, -1) OVER (ORDER BY b), lead(b, 0) OVER (ORDER BY b), lag(b, 99, a) OVER (ORDER BY b) FROM t2;
SELECT lag() OVER () FROM t2;
-- # the frame does not matter to ranking functions, lead and lag
SELECT row_number() OVER (ORDER BY b ROWS 0 PRECEDING), lead(b) OVER (ORDER BY b ROWS 0 PRECEDING), cume_dist() OVER (ORDER BY a ROWS 1 PRECEDING EXCLUDE GROUP) FROM t2;
-- # chaining: the base window gives partitions and order
SELECT group_concat(b, '.') OVER (win ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t1 WINDOW win AS (PARTITION BY a ORDER BY c);
SELECT group_concat(b, '.') OVER (win ORDER BY b) FROM t1 WINDOW win AS (PARTITION BY c);
SELECT group_concat(b, '.') OVER w3 FROM t1 WINDOW w1 AS (PARTITION BY c), w2 AS (w1 ORDER BY a DESC), w3 AS (w2 ROWS 1 PRECEDING);
SELECT sum(a) OVER (win PARTITION BY a) FROM t1 WINDOW win AS (ORDER BY c);
SELECT sum(a) OVER (win ORDER BY a) FROM t1 WINDOW win AS (ORDER BY c);
SELECT sum(a) OVER (win) FROM t1 WINDOW win AS (ORDER BY c ROWS 1 PRECEDING);
SELECT sum(a) OVER win FROM t1 WINDOW win AS (ORDER BY c ROWS 1 PRECEDING);
-- # windows over groups, and in views and subqueries
SELECT c, sum(a), rank() OVER (ORDER BY sum(a) DESC) FROM t1 GROUP BY c;
CREATE VIEW v1 AS SELECT a, c, row_number() OVER (PARTITION BY c ORDER BY a) AS n FROM t1;
SELECT * FROM v1 WHERE n = 1 ORDER BY a;
SELECT * FROM (SELECT a, lag(a, 1, 0) OVER (ORDER BY a) AS p FROM t1) WHERE a - p = 1 ORDER BY a;
-- # EXPLAIN QUERY PLAN shows the query that sorts
EXPLAIN QUERY PLAN SELECT a, sum(a) OVER (ORDER BY c) FROM t1;
EXPLAIN QUERY PLAN SELECT a, sum(a) OVER (ORDER BY c), rank() OVER (ORDER BY b) FROM t1;
EXPLAIN QUERY PLAN SELECT * FROM v1 WHERE c = 'one';
EXPLAIN QUERY PLAN SELECT sum(a) OVER (ORDER BY a) FROM t1;
