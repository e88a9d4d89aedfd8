-- # all rows, some rows, none
CREATE TABLE t(a INTEGER PRIMARY KEY, b);
INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'z'), (4, 'x'), (5, NULL), (6, 'w');
DELETE FROM t WHERE b = 'x';
DELETE FROM t WHERE b = NULL;
DELETE FROM t WHERE a > 100;
SELECT * FROM t;
-- # conditions with subqueries on the table itself
DELETE FROM t WHERE a = (SELECT max(a) FROM t);
DELETE FROM t WHERE a IN (SELECT a FROM t WHERE b IS NULL);
DELETE FROM t AS q WHERE EXISTS (SELECT 1 FROM t WHERE t.a > q.a);
SELECT * FROM t;
-- # ORDER BY and LIMIT
INSERT INTO t(b) VALUES ('a'), ('b'), ('c'), ('d'), ('e');
DELETE FROM t ORDER BY a DESC LIMIT 2;
DELETE FROM t WHERE b > 'a' ORDER BY b LIMIT 1 OFFSET 1;
DELETE FROM t LIMIT 1;
DELETE FROM t ORDER BY b;
SELECT * FROM t;
-- # without WHERE all rows go, and changes() counts them
DELETE FROM t;
INSERT INTO t(b) VALUES (1), (2), (3);
DELETE FROM t;
SELECT count(*) FROM t;
INSERT INTO t(b) VALUES ('rowids begin again');
SELECT * FROM t;
-- # names
DELETE FROM nosuch;
DELETE FROM main.t WHERE main.t.a = 7;
DELETE FROM t WHERE nosuch = 1;
CREATE VIEW v AS SELECT * FROM t;
DELETE FROM v;
DELETE FROM sqlite_schema;
DELETE FROM t INDEXED BY nosuch WHERE a = 1;
DELETE FROM t NOT INDEXED WHERE a = 1;
