-- # comparison, left to right, with NULLs
SELECT (1, 2, 3) = (1, 2, 3), (1, 2, 3) = (1, NULL, 3), (1, 2, 3) = (1, NULL, 4), (1, 2, 3) < (2, 3, 4), (1, 2, 3) < (1, 2, 4), (1, 2, 3) < (1, NULL, 4), (1, 3, 5) < (1, 2, NULL), (1, 2, NULL) < (1, 3, 5), (1, 2) <> (1, 3), (1, 2) >= (1, 2), (1, NULL) IS (1, NULL), (1, NULL) IS NOT (1, 2);
SELECT (1, 2) BETWEEN (1, 1) AND (1, 3), (1, 2) IN (SELECT 1, 2), (1, 2) NOT IN (SELECT 3, 4), (1, NULL) IN (SELECT 1, 2), CASE (1, 2) WHEN (1, 2) THEN 'same' END;
SELECT CASE (1, 2) WHEN (1, 3) THEN 'a' WHEN (1, 2) THEN 'b' ELSE 'c' END, CASE (SELECT 1, 2) WHEN (1, 2) THEN 'x' END, CASE (1, NULL) WHEN (1, NULL) THEN 'x' ELSE 'y' END;
SELECT CASE (1, 2) WHEN 1 THEN 'a' END;
SELECT CASE 1 WHEN (1, 2) THEN 'a' END;
-- # wrong sizes and places
SELECT (1, 2) = (1, 2, 3);
SELECT (1, 2);
SELECT (1, 2) + 1;
SELECT (1, 2) IN (1, 2);
SELECT 1 IN (SELECT 1, 2);
SELECT (1, 2) IN (SELECT 1);
SELECT (SELECT 1, 2);
SELECT abs((1, 2));
SELECT (1, 2) IS NULL;
SELECT 1 = (1, 2);
-- # subqueries as row values
CREATE TABLE t(a, b, c);
INSERT INTO t VALUES (1, 2, 'x'), (1, 3, 'y'), (2, 1, 'z');
SELECT * FROM t WHERE (a, b) = (SELECT 1, 3);
SELECT * FROM t WHERE (a, b) = (SELECT 9, 9 WHERE 0);
SELECT * FROM t WHERE (a, b) IN (SELECT a, b FROM t WHERE c > 'x');
SELECT * FROM t WHERE (a, b) > (1, 2) ORDER BY a, b;
SELECT * FROM t WHERE (a, b) IN (VALUES (1, 2), (2, 1)) ORDER BY a;
SELECT * FROM t WHERE (b, a) <= (2, 1) ORDER BY b;
-- # in UPDATE
UPDATE t SET (a, b) = (b, a);
UPDATE t SET (a, b) = (SELECT 10, 20) WHERE c = 'x';
UPDATE t SET (a, b, c) = (1, 2) WHERE c = 'x';
SELECT * FROM t;
-- # with indexes: scrolling windows
CREATE INDEX tab ON t(a, b);
SELECT c FROM t WHERE (a, b) > (2, 1) ORDER BY a, b LIMIT 2;
EXPLAIN QUERY PLAN SELECT c FROM t WHERE (a, b) > (2, 1) ORDER BY a, b;
SELECT c FROM t WHERE (a, b) = (2, 1);
