CREATE TABLE d(g INTEGER, x, y TEXT COLLATE NOCASE)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO d SELECT i / 7, CASE i % 4 WHEN 0 THEN i % 5 WHEN 1 THEN (i % 5) * 1.0 WHEN 2 THEN 't' || (i % 3) ELSE NULL END, char(97 + i % 3 - 32 * (i % 2)) FROM n
SELECT g, count(DISTINCT x), sum(DISTINCT x), count(DISTINCT y) FROM d GROUP BY g ORDER BY g
SELECT g / 100, count(DISTINCT g), count(DISTINCT x || '-' || y), max(DISTINCT x) FROM d GROUP BY g / 100 ORDER BY 1
SELECT DISTINCT x, y FROM d ORDER BY typeof(x), x, y
SELECT DISTINCT g % 10, x FROM d WHERE g BETWEEN 10 AND 20 ORDER BY 1, typeof(x), x
SELECT g, (SELECT count(*) FROM (SELECT DISTINCT x FROM d AS e WHERE e.g = d.g)) FROM d WHERE g < 40 GROUP BY g ORDER BY g
SELECT g, (SELECT group_concat(v) FROM (SELECT x AS v FROM d AS e WHERE e.g = d.g UNION SELECT y FROM d AS e WHERE e.g = d.g ORDER BY 1)) FROM d WHERE g < 40 GROUP BY g ORDER BY g
SELECT count(*) FROM d WHERE x IN (SELECT x FROM d AS e WHERE e.g = d.g + 1)
SELECT count(*) FROM d WHERE y IN (SELECT x FROM d AS e WHERE e.g = d.g + 1 UNION ALL SELECT y FROM d AS e WHERE e.g = d.g + 2)
SELECT x, count(*), count(DISTINCT g) FROM d GROUP BY x ORDER BY typeof(x), x
SELECT y, x, count(*) FROM d GROUP BY y, x ORDER BY y, typeof(x), x
