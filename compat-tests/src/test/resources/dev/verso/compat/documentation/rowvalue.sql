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
---- new
-- # the page's comparisons, by lists and by subqueries
SELECT (1,2,3) = (1,2,3), (1,2,3) = (1,NULL,3), (1,2,3) = (1,NULL,4), (1,2,3) < (2,3,4), (1,2,3) < (1,2,4), (1,2,3) < (1,3,NULL), (1,2,3) < (1,2,NULL), (1,3,5) < (1,2,NULL), (1,2,NULL) IS (1,2,NULL);
CREATE TABLE t1(a, b, c);
INSERT INTO t1 VALUES (1, 2, 3);
SELECT (1,2,3) = (SELECT * FROM t1), (SELECT * FROM t1) = (1,NULL,3), (SELECT * FROM t1) < (SELECT 1, 3, NULL), (SELECT a, b FROM t1 WHERE 0) = (1, 2), (SELECT a, b FROM t1 WHERE 0) IS (NULL, NULL);
SELECT (1, 2) != (1, NULL), (1, 2) <> (2, NULL), (1, NULL) > (0, 5), (1, NULL) >= (1, NULL), (NULL, 1) <= (NULL, 1), (1, 2) IS NOT (1, NULL), (1, 2) IS DISTINCT FROM (1, 3), (1, 'a') = (1.0, 'a'), ('1', 2) = (1, 2), (1, 2) NOT BETWEEN (1, 1) AND (1, 3), (1, 2) NOT IN (SELECT 1, 3);
SELECT ('a', 'B' COLLATE nocase) = ('a', 'b'), ('A' COLLATE nocase, 1) < ('b', 0), (1, (2)) = ((1), 2), ((1, 2)) = (1, 2);
SELECT ();
SELECT (1, 2) = ((1, 2), 3);
SELECT (1, 2) LIKE (1, 2);
SELECT (1, 2) || 'x';
SELECT NOT (1, 2);
SELECT (1, 2) IS TRUE;
SELECT 1 FROM t1 WHERE (a, b);
SELECT 1 FROM t1 ORDER BY (a, b);
SELECT 1 FROM t1 GROUP BY (a, b);
SELECT count((a, b)) FROM t1;
SELECT (a, b) AS r FROM t1;
SELECT (1, 2) BETWEEN (1, 2) AND 3;
SELECT (1, 2) IN t1;
SELECT (1, 2, 3) IN t1, (1, 2, 4) IN t1;
-- # IN with lists on the left and subqueries on both sides
CREATE TABLE t2(x, y, z);
INSERT INTO t2 VALUES (1, 2, 3), (2, 3, 4), (1, NULL, 5);
SELECT (1,2,3) IN (SELECT * FROM t2), (7,8,9) IN (SELECT * FROM t2), (1,3,5) IN (SELECT * FROM t2), (1,3,5) NOT IN (SELECT * FROM t2), (SELECT a, b, c FROM t1) IN (SELECT * FROM t2), (1, 2) IN (SELECT x, y FROM t2 WHERE 0), (NULL, 2, 3) IN (SELECT * FROM t2), (NULL, 9, 9) IN (SELECT * FROM t2);
SELECT (1, 2, 3) IN (VALUES (1, 2, 3), (4, 5, 6)), (4, 5, 7) IN (VALUES (1, 2, 3), (4, 5, 6));
-- # UPDATE from a subquery of the row, and swapping
CREATE TABLE tab3(a, b, c, d, e);
CREATE TABLE tab4(w, x, y, z);
INSERT INTO tab3 VALUES (0, 0, 0, 1, 60), (0, 0, 0, 2, 70), (0, 0, 0, 9, 56);
INSERT INTO tab4 VALUES (1, 'x1', 'y1', 'z1'), (1, 'second', 'is', 'left out'), (2, 'x2', 'y2', 'z2');
UPDATE tab3 SET (a, b, c) = (SELECT x, y, z FROM tab4 WHERE tab4.w = tab3.d) WHERE tab3.e BETWEEN 55 AND 66;
SELECT * FROM tab3;
UPDATE tab3 SET (a, b) = (b, a);
UPDATE tab3 SET a = b, b = a;
UPDATE tab3 SET (a, b) = (b, a), c = a, (d, e) = (SELECT e, d);
SELECT * FROM tab3;
UPDATE tab3 SET (a, b) = (1, 2, 3);
UPDATE tab3 SET (a, b) = tab4;
-- # a window that scrolls: OFFSET and the last row seen
CREATE TABLE contacts(lastname, firstname, phone);
INSERT INTO contacts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT 'L' || (i % 4), 'F' || (i * 7 % 20), i FROM n;
CREATE INDEX contacts_name ON contacts(lastname, firstname);
SELECT * FROM contacts ORDER BY lastname, firstname LIMIT 7;
SELECT * FROM contacts ORDER BY lastname, firstname LIMIT 7 OFFSET 7;
SELECT * FROM contacts WHERE (lastname, firstname) > ('L1', 'F15') ORDER BY lastname, firstname LIMIT 7;
EXPLAIN QUERY PLAN SELECT * FROM contacts WHERE (lastname, firstname) > ('L1', 'F15') ORDER BY lastname, firstname LIMIT 7;
SELECT count(*) FROM contacts WHERE (lastname, firstname) >= ('L1', 'F15');
SELECT count(*) FROM contacts WHERE (lastname, firstname) < ('L1', 'F15');
SELECT count(*) FROM contacts WHERE ('L1', 'F15') >= (lastname, firstname);
-- # dates in three columns
CREATE TABLE info(year INT, month INT, day INT, stuff);
INSERT INTO info VALUES (2015, 9, 11, 'a'), (2015, 9, 12, 'b'), (2016, 1, 31, 'c'), (2016, 9, 12, 'd'), (2016, 9, 13, 'e'), (2015, 12, NULL, 'f');
SELECT stuff FROM info WHERE (year, month, day) BETWEEN (2015, 9, 12) AND (2016, 9, 12) ORDER BY stuff;
-- # keys of several columns: by IN and by joins
CREATE TABLE item(ordid, prodid, qty);
INSERT INTO item VALUES (365, 'p1', 1), (365, 'p2', 2), (366, 'p1', 1), (366, 'p2', 9), (367, 'p2', 2);
SELECT ordid, prodid, qty FROM item WHERE (prodid, qty) IN (SELECT prodid, qty FROM item WHERE ordid = 365) ORDER BY 1, 2;
SELECT t1.ordid, t1.prodid, t1.qty FROM item AS t1, item AS t2 WHERE t1.prodid = t2.prodid AND t1.qty = t2.qty AND t2.ordid = 365 ORDER BY 1, 2;
SELECT t1.ordid, t1.prodid, t1.qty FROM item AS t1, item AS t2 WHERE (t1.prodid, t1.qty) = (t2.prodid, t2.qty) AND t2.ordid = 365 ORDER BY 1, 2;
SELECT count(*) FROM item JOIN tab4 ON (item.prodid, item.qty) = (tab4.x, 1);
SELECT ordid FROM item WHERE (prodid, qty) = ('p2', 2) AND (ordid, prodid) <> (365, 'p2');
