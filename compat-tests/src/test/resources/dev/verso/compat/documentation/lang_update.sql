-- # SET, several columns, all rows, WHERE
CREATE TABLE t(a INTEGER PRIMARY KEY, b, c);
INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2), (3, 'z', 3);
UPDATE t SET c = c * 10;
UPDATE t SET b = c, c = b WHERE a = 1;
UPDATE t SET b = 'first', b = 'second' WHERE a = 2;
UPDATE t SET (b, c) = ('row', a) WHERE a = 3;
UPDATE t SET (b, c) = (SELECT 'sub', count(*) FROM t) WHERE a = 2;
UPDATE t SET (b, c) = (1, 2, 3);
UPDATE t SET (b, c) = (SELECT 1);
UPDATE t SET b = nosuch;
UPDATE t SET nosuch = 1;
UPDATE nosuch SET a = 1;
SELECT * FROM t;
-- # the rowid
UPDATE t SET a = a + 10;
UPDATE t SET rowid = 5 WHERE a = 11;
UPDATE t SET a = 12;
UPDATE OR IGNORE t SET a = 12 WHERE a = 13;
UPDATE OR REPLACE t SET a = 12 WHERE a = 13;
UPDATE t SET a = NULL WHERE a = 5;
UPDATE t SET a = 'x' WHERE a = 5;
SELECT * FROM t;
-- # FROM
CREATE TABLE s(k, v);
INSERT INTO s VALUES (5, 'five'), (12, 'twelve'), (12, 'again');
UPDATE t SET b = v FROM s WHERE k = a AND v <> 'again';
UPDATE t AS q SET c = n FROM (SELECT k, count(*) AS n FROM s GROUP BY k) AS counts WHERE counts.k = q.a;
UPDATE t SET b = s.v FROM s JOIN s AS s2 ON s.k = s2.k WHERE t.a = s.k AND s.v < s2.v;
SELECT * FROM t;
UPDATE t SET b = t2.b FROM t AS t2 WHERE t2.a <> t.a;
SELECT * FROM t;
-- # ORDER BY and LIMIT
INSERT INTO t(b, c) VALUES ('l', 1), ('l', 2), ('l', 3), ('l', 4);
UPDATE t SET b = 'limited' WHERE b = 'l' ORDER BY c DESC LIMIT 2;
UPDATE t SET b = 'offset' WHERE b = 'l' ORDER BY c LIMIT 1 OFFSET 1;
UPDATE t SET b = 'order only' WHERE b = 'l' ORDER BY c;
SELECT b, c FROM t ORDER BY a;
-- # constraints roll the statement back
CREATE TABLE u(k INT UNIQUE, v CHECK (v < 10));
INSERT INTO u VALUES (1, 1), (2, 2), (3, 9);
UPDATE u SET v = v + 1;
SELECT * FROM u;
UPDATE OR FAIL u SET v = v + 1;
SELECT * FROM u;
UPDATE u SET k = k + 1;
UPDATE u SET k = -k;
UPDATE OR IGNORE u SET k = -1;
SELECT * FROM u;
UPDATE OR ROLLBACK u SET v = 50;
-- # qualified names in SET are refused
UPDATE t SET t.b = 1;
UPDATE main.t SET b = 'q' WHERE t.a = 5;
UPDATE t INDEXED BY nosuch SET b = 1;
