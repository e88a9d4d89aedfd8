-- Every way through the grammar of queries and expressions.
SELECT ALL {c} AS {w}, {c} {w2}, {c} "quoted", {c} AS 'text', {c} AS cast, {c} AS current_date, {c} AS left FROM {t}
SELECT {t}.*, main.{t}.{c}, "{t}"."{c}", '{t}'.{c}, `{t}`.[{c}] FROM {t}
SELECT DISTINCT typeof({c}), count(ALL {c}), count(DISTINCT {c}) FROM {t} GROUP BY typeof({c}), typeof({d}) HAVING count(*) > {n}

SELECT q.{c} FROM main.{t} AS q INDEXED BY {i} WHERE q.{c} = {lit}
SELECT q.{c} FROM {t} q NOT INDEXED WHERE q.{c} = {lit} AND q.{d} IS NOT NULL
SELECT * FROM ({t} AS a CROSS JOIN {u} AS b) LIMIT 0
SELECT count(*) FROM ({t} AS a JOIN {u} AS b ON a.{c} = b.{e}) AS both
SELECT count(*) FROM ((SELECT {c} AS x FROM {t}) AS s LEFT OUTER JOIN ({u} AS b) ON s.x = b.{e})
SELECT count(*) FROM ((SELECT {c} AS x FROM {t}) AS s LEFT OUTER JOIN ({u} AS a) AS b ON s.x = b.{e})
SELECT count(*) FROM json_each('[1,2]') AS j, json_each() AS k, ((SELECT 1)) LIMIT 3, 2
SELECT {c} IN json_each(), 1 IN json_each() FROM {t}
SELECT 'quoted'.x, 'quoted'.* FROM (SELECT 1 AS x) AS 'quoted'
SELECT 1 AS x, 2 'text', CAST(1 AS "odd" 'type') FROM (SELECT 3) 'alias'
SELECT count(*) FROM {t} AS a NATURAL LEFT OUTER JOIN {u} AS b
SELECT count(*) FROM {t} AS a INNER JOIN {u} AS b USING (a), {t} AS c ON c.{c} = b.{e} WHERE a.{c} > {n}
SELECT count(*) FROM {t} AS a NATURAL INNER JOIN {u} AS b NATURAL CROSS JOIN {t} AS c
SELECT count(*) FROM {t} AS a FULL OUTER JOIN {u} AS b ON a.{c} = b.{e} RIGHT OUTER JOIN {t} AS c USING (a, {c})
SELECT 1 FROM {t} AS a OUTER JOIN {u} AS b
SELECT 1 FROM {t} LEFT {w} JOIN {u}
SELECT 1 FROM {t} INNER left cross JOIN {u}

SELECT {c} FROM {t} ORDER BY {c} COLLATE NOCASE ASC NULLS LAST, {d} DESC NULLS FIRST, 1 LIMIT {n} OFFSET {n}
SELECT {c} FROM {t} ORDER BY 1, {d} LIMIT {n}, {n}
SELECT {c} FROM {t} UNION ALL SELECT {e} FROM {u} EXCEPT SELECT {lit} INTERSECT SELECT {e} FROM {u} ORDER BY 1 DESC NULLS LAST
SELECT {c} FROM {t} UNION SELECT {e} FROM {u} ORDER BY 1 COLLATE RTRIM LIMIT 0
SELECT {c} FROM {t} LIMIT 1 UNION SELECT 1
SELECT {c} FROM {t} ORDER BY 1 UNION SELECT 1

SELECT CASE {c} WHEN {lit} THEN {edge} WHEN {d} THEN 'same' END, CASE WHEN {cond} THEN 1 WHEN {cond} THEN 2 ELSE 3 END FROM {t}
SELECT CAST({c} AS INTEGER), CAST({c} AS VARCHAR(10)), CAST({c} AS DECIMAL(+5, -2)), CAST({edge} AS BIG "odd" type), CAST({c} AS) FROM {t}
SELECT CAST({c} AS 'text'), CAST({edge} AS DOUBLE PRECISION), CAST({c} AS {w}), CAST({edge} AS NUMERIC(1.5)) FROM {t}
SELECT 1_000, 0x1F, 1.5e3, .5, 1_0.2_5, x'00ff', 'it''s', NULL, CURRENT_DATE > 'x', CURRENT_TIME > 'x', CURRENT_TIMESTAMP > 'x', TRUE, FALSE
SELECT - {c}, + {c}, ~ {c}, NOT {c}, - - {n}, + ~ - {n}, NOT NOT {c}, - NOT {c}, ~ NOT {c} = {d} FROM {t}

SELECT {c} = {d}, {c} == {d}, {c} <> {d}, {c} != {d}, {c} < {d}, {c} <= {d}, {c} > {d}, {c} >= {d}, {c} < {d} < {n} >= 0 FROM {t}
SELECT {c} & {d} | {n} << 1 >> 2, {c} + {d} - {n} * 2 / 3 % 4, {c} || {d} || 'x', {c} COLLATE NOCASE COLLATE RTRIM = {d} FROM {t}
SELECT {c} IS {d}, {c} IS NOT {d}, {c} IS DISTINCT FROM {d}, {c} IS NOT DISTINCT FROM {d}, {c} ISNULL, {c} NOTNULL, {c} NOT NULL FROM {t}
SELECT {c} ISNULL + 1, {c} NOTNULL || 'x', {c} NOT NULL * 2, {c} ISNULL & 1, {c} ISNULL < 1, {c} ISNULL COLLATE NOCASE, {c} ISNULL ISNULL FROM {t}
SELECT {c} ISNULL >= 1, {c} ISNULL > 1, {c} ISNULL <= 1, {c} ISNULL - 1, {c} ISNULL / 1, {c} ISNULL % 1, {c} ISNULL | 2, {c} ISNULL << 2, {c} ISNULL >> 1, {c} ISNULL -> 'a', {c} ISNULL ->> 'a' FROM {t}
SELECT {c} IN (1, 2) + 1, {c} NOT IN ({lit}) || 'x', {c} IN () * 2, {c} NOT IN (SELECT {e} FROM {u}) & 1, {c} IN ({n}) = {d}, {c} IN (1) COLLATE RTRIM < 'x' FROM {t}
SELECT {c} LIKE {text}, {c} NOT LIKE {text} ESCAPE 'x', {c} GLOB {text}, {c} NOT GLOB {text}, {c} LIKE {text} || '%' ESCAPE '\' FROM {t}
SELECT 1 REGEXP 'a', {c} REGEXP '^[0-9]', {c} NOT REGEXP 'b', regexp('.b', {d}) FROM {t}
SELECT 1 NOT REGEXP 'b' ESCAPE 'c' FROM {t}
SELECT {c} BETWEEN {n} AND {lit}, {c} NOT BETWEEN {lit} AND {d}, {c} BETWEEN NOT {n} AND 5, ({c}, {d}) BETWEEN (1, 2) AND (3, 4) FROM {t}
SELECT {c} IN {u}2, 1 FROM {t}
SELECT {c} IN one, {c} NOT IN main.one, {c} IN json_each('[1,2]') FROM {t}
SELECT {c} IN pragma_table_info('{t}') FROM {t}
SELECT {c} IN (WITH w(x) AS (SELECT {e} FROM {u}) SELECT x FROM w), EXISTS (WITH w AS (SELECT 1) SELECT * FROM w), (WITH w AS (SELECT 5) SELECT * FROM w) FROM {t}
SELECT ({c}), ({c}, {d}) = ({d}, {c}), ({c}, {d}) IN (SELECT {e}, {e} FROM {u}), ({c}, {d}) IN (VALUES (1, 2), ({lit}, {lit})) FROM {t}
SELECT ({c}, {d}) < (SELECT {e}, {e} FROM {u} ORDER BY rowid LIMIT 1), ({c}, {d}, 1) IS (1, 2, {d}), ({c}, {d}) IS NOT (NULL, NULL) FROM {t}
SELECT EXISTS (SELECT * FROM {u} WHERE {e} = {c}), NOT EXISTS (SELECT 1 FROM {u} WHERE {e} > {c}), (SELECT count(*) FROM {u} WHERE {e} = {t}.{c}) FROM {t}
SELECT RAISE(ABORT, 'x')
SELECT RAISE(IGNORE)

SELECT sum({small}) FILTER (WHERE {cond}), group_concat(DISTINCT typeof({c}) ORDER BY typeof({c})), count(*) FILTER (WHERE {c} > {n}) FROM {t}
SELECT row_number() OVER win, sum({small}) OVER (win ROWS UNBOUNDED PRECEDING), count(*) FILTER (WHERE {cond}) OVER (win) FROM {r} WINDOW win AS (ORDER BY rowid), other AS (PARTITION BY typeof({c}), typeof({d}))
SELECT sum({small}) OVER (PARTITION BY typeof({c}), {n} ORDER BY rowid ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE NO OTHERS) FROM {r}
SELECT sum({small}) OVER (ORDER BY rowid ROWS BETWEEN {n} + 1 PRECEDING AND {n} FOLLOWING EXCLUDE CURRENT ROW), sum({small}) OVER (ORDER BY typeof({c}) GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE GROUP) FROM {r}
SELECT sum({small}) OVER (ORDER BY typeof({c}) GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING EXCLUDE TIES), sum({small}) OVER (ORDER BY rowid RANGE CURRENT ROW), sum({small}) OVER (ORDER BY rowid RANGE BETWEEN 2 PRECEDING AND 3 FOLLOWING) FROM {r}
SELECT sum({small}) OVER (ORDER BY rowid RANGE 1.5 PRECEDING), count(*) OVER (ORDER BY rowid DESC RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING), count(*) OVER (GROUPS 1 PRECEDING), count(*) OVER (ROWS 2 FOLLOWING) FROM {r}
SELECT first_value({c}) OVER (win ORDER BY rowid) FROM {r} WINDOW win AS (PARTITION BY typeof({c}))

WITH w AS (SELECT {c} AS x FROM {t}), v(p, q) AS MATERIALIZED (VALUES (1, {lit}), (2, {lit})), z AS NOT MATERIALIZED (SELECT 1) SELECT * FROM w, v, z
WITH RECURSIVE up(n) AS (SELECT {n} UNION ALL SELECT n + 1 FROM up WHERE n < 12 LIMIT {n} OFFSET 1) SELECT n FROM up
WITH RECURSIVE a(x, y) AS (VALUES ({n}, 1) UNION SELECT x + 1, y * 2 FROM a WHERE x < 9 UNION ALL SELECT x + 2, y FROM a WHERE x < 6 ORDER BY 1 DESC LIMIT 30) SELECT x, y FROM a
WITH RECURSIVE down(level, id) AS (SELECT 0, rowid FROM {r} WHERE rowid < 4 UNION ALL SELECT level + 1, id + 1 FROM down WHERE level < 3 ORDER BY 1 DESC, 2) SELECT level, id FROM down
WITH w(a COLLATE NOCASE) AS (SELECT 1) SELECT * FROM w
WITH w(a DESC) AS (SELECT 1) SELECT * FROM w
WITH w(a COLLATE NOCASE ASC, b) AS (SELECT 1, 2) SELECT * FROM w
WITH {w}(x) AS (SELECT 1) SELECT * FROM {w}
VALUES ({lit}, {lit}), ({edge}, {edge}), ({n}, NULL)
SELECT * FROM (VALUES (1, 2), ({lit}, {lit})) AS v JOIN json_each('[1,2]') AS g
SELECT name FROM pragma_table_info('{t}') AS p, {u} LIMIT 0
SELECT * FROM json_each AS j WHERE json = '[1,2]'
SELECT pageno > 0, payload >= 0 FROM dbstat WHERE name = '{t}'
SELECT name, path, pagetype, ncell, unused >= 0 FROM dbstat WHERE name = '{t}' AND aggregate = 0

EXPLAIN QUERY PLAN SELECT 1
EXPLAIN SELECT nothere
EXPLAIN QUERY PLAN DELETE FROM nothere
EXPLAIN QUERY PLAN SELECT * FROM {t} WHERE rowid = {n}
EXPLAIN SELEC 1
;;; SELECT 1;
EXPLAIN QUERY PLAN INSERT INTO {t}({c}) VALUES (1)
SELECT '{w}' AS "{w}", 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}
SELECT {w} FROM (SELECT 1 AS {w})
SELECT 1 AS {j}, 2 AS {k}
SELECT 1 {w}, 2 {w}, 3 {w}, 4 {w}, 5 {w}, 6 {w}
SELECT {w}.x, {w}.* FROM (SELECT 1 AS x) AS {w}
SELECT {j}.x FROM (SELECT 1 AS x) AS {j}
SELECT 1 COLLATE {w}
SELECT indexed FROM (SELECT 1 AS indexed)
SELECT {v}
SELECT left(1), {w}(1)
SELECT indexed.x, q.indexed, left.* FROM (SELECT 1 AS x) AS indexed, (SELECT 2 AS indexed) AS q, (SELECT 3 AS y) AS left

SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}
SELECT 1 AS {w}, 2 AS {w}, 3 AS {w}, 4 AS {w}, 5 AS {w}, 6 AS {w}, 7 AS {w}, 8 AS {w}, 9 AS {w}, 10 AS {w}

SELECT 1 AS cast, 2 AS current_date, 3 AS current_time, 4 AS current_timestamp, 5 AS raise, 6 AS indexed, 7 AS inner, 8 AS outer, 9 AS cross, 10 AS full, 11 AS left, 12 AS natural, 13 AS right
SELECT 1 cast, 2 current_date, 3 current_time, 4 current_timestamp, 5 raise
SELECT indexed, full FROM (SELECT 1 AS indexed, 2 AS full)
SELECT CAST(1 AS NUMERIC(5)), CAST(1 AS NUMERIC(5, 2)), CAST('x' AS), CAST(2 AS "odd" 'type'), CAST(3 AS raise)
;;; SELECT 1 AS last
REINDEX
ANALYZE
