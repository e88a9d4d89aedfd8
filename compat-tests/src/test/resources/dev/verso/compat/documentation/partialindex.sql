CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d);
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50) INSERT INTO t SELECT x, x % 7, nullif(x % 3, 0), 'row ' || x FROM n;
-- # unique over a part
CREATE TABLE person(id INTEGER PRIMARY KEY, team, leader);
CREATE UNIQUE INDEX one_leader ON person(team) WHERE leader;
INSERT INTO person VALUES (1, 'a', 1), (2, 'a', 0), (3, 'a', NULL), (4, 'b', 1);
INSERT INTO person VALUES (5, 'a', 1);
UPDATE person SET leader = 1 WHERE id = 2;
UPDATE person SET leader = 0 WHERE id = 1;
UPDATE person SET leader = 1 WHERE id = 2;
SELECT * FROM person WHERE leader ORDER BY id;
-- # used when the condition follows from the query's
CREATE INDEX tc ON t(b) WHERE c IS NOT NULL;
CREATE INDEX tb ON t(d) WHERE b > 3;
CREATE INDEX tin ON t(c) WHERE b = 5 OR b = 6;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2 AND c IS NOT NULL;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2 AND c = 1;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 2;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE d = 'row 4' AND b > 3;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE d = 'row 4' AND b > 5;
EXPLAIN QUERY PLAN SELECT a FROM t WHERE c = 1 AND (b = 5 OR b = 6);
EXPLAIN QUERY PLAN SELECT a FROM t WHERE c = 1 AND b = 5;
SELECT a FROM t WHERE b = 2 AND c = 1 ORDER BY a;
SELECT a FROM t WHERE d = 'row 4' AND b > 3;
SELECT count(*) FROM t WHERE c IS NOT NULL AND b = 2;
-- # no subqueries, parameters, non-deterministic functions or other tables
CREATE INDEX bad ON t(b) WHERE a IN (SELECT 1);
CREATE INDEX bad ON t(b) WHERE a = ?;
CREATE INDEX bad ON t(b) WHERE random();
CREATE INDEX bad ON t(b) WHERE person.id = 1;
CREATE INDEX bad ON t(b) WHERE count(*) > 1;
PRAGMA index_list(t);
PRAGMA integrity_check;
---- new
-- # only rows for which the condition is true, of any columns
CREATE TABLE purchaseorder(po_num INTEGER PRIMARY KEY, parent_po INT, note);
CREATE INDEX po_parent ON purchaseorder(parent_po) WHERE parent_po IS NOT NULL;
CREATE INDEX po_other ON purchaseorder(parent_po) WHERE note > 'm';
INSERT INTO purchaseorder VALUES (1, NULL, 'z'), (2, 1, 'a'), (3, 1, NULL), (4, 2, 'x'), (5, NULL, NULL);
SELECT po_num FROM purchaseorder WHERE parent_po = 1 ORDER BY 1;
EXPLAIN QUERY PLAN SELECT po_num FROM purchaseorder WHERE parent_po = 1;
EXPLAIN QUERY PLAN SELECT po_num FROM purchaseorder WHERE parent_po IS 1;
EXPLAIN QUERY PLAN SELECT po_num FROM purchaseorder WHERE parent_po IS NULL;
SELECT po_num FROM purchaseorder INDEXED BY po_other WHERE note > 'm' ORDER BY 1;
SELECT po_num FROM purchaseorder INDEXED BY po_other WHERE note > 'n';
SELECT po_num FROM purchaseorder INDEXED BY po_parent;
UPDATE purchaseorder SET note = 'n' WHERE po_num = 3;
UPDATE purchaseorder SET note = NULL WHERE po_num = 1;
SELECT po_num FROM purchaseorder INDEXED BY po_other WHERE note > 'm' ORDER BY 1;
PRAGMA integrity_check;
SELECT name, partial FROM pragma_index_list('purchaseorder');
-- # uniqueness over a part of the rows
CREATE TABLE person(person_id INTEGER PRIMARY KEY, team_id INTEGER, is_team_leader BOOLEAN);
CREATE UNIQUE INDEX team_leader ON person(team_id) WHERE is_team_leader;
INSERT INTO person VALUES (1, 1, TRUE), (2, 1, FALSE), (3, 1, FALSE), (4, 2, TRUE), (5, 2, NULL);
INSERT INTO person VALUES (6, 2, 1);
INSERT OR REPLACE INTO person VALUES (6, 2, 1);
INSERT OR IGNORE INTO person VALUES (7, 1, 'yes'), (8, 1, '1');
SELECT person_id FROM person WHERE is_team_leader AND team_id = 2;
EXPLAIN QUERY PLAN SELECT person_id FROM person WHERE is_team_leader AND team_id = 2;
EXPLAIN QUERY PLAN SELECT person_id FROM person WHERE is_team_leader = 1 AND team_id = 2;
SELECT * FROM person;
-- # the first rule: a term of the query is one of the OR-connected terms of the index
CREATE TABLE tab1(a, b, c);
CREATE INDEX ex1 ON tab1(a, b) WHERE a = 5 OR b = 6;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE b = 6 AND a = 7;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE b = 3 + 3 AND a = 7;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE b - 6 = 0 AND a = 7;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE b BETWEEN 6 AND 6 AND a = 7;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE a = 5;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE a = 5 OR b = 6;
EXPLAIN QUERY PLAN SELECT * FROM tab1 WHERE a > 7 AND (a = 5 OR b = 6);
CREATE TABLE tab1r(a, b, c);
CREATE INDEX ex1r ON tab1r(a, b) WHERE 6 = b;
EXPLAIN QUERY PLAN SELECT * FROM tab1r WHERE b = 6 AND a = 7;
-- # the second rule: IS NOT NULL follows from any comparison but IS
CREATE TABLE tab2(a, b, c);
CREATE INDEX ex2 ON tab2(b, c) WHERE c IS NOT NULL;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c <> 0;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c > 0;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c IN (1, 2);
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c LIKE 'x%';
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c GLOB 'x*';
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c BETWEEN 1 AND 2;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c IS 5;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c IS NOT NULL;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND c NOTNULL;
EXPLAIN QUERY PLAN SELECT * FROM tab2 WHERE b = 456 AND NOT (c IS NULL);
INSERT INTO tab2 VALUES (1, 456, NULL), (2, 456, 0), (3, 456, 5), (4, 1, 5);
SELECT a FROM tab2 WHERE b = 456 AND c <> 0;
SELECT a FROM tab2 WHERE b = 456 ORDER BY a;
-- # WHERE is for CREATE INDEX alone; its conditions
CREATE TABLE bad(a UNIQUE WHERE a > 0);
CREATE TABLE bad(a, UNIQUE (a) WHERE a > 0);
CREATE INDEX ok1 ON tab2(a) WHERE a + b > c AND lower(b) = 'x' OR c IN (1, 2) AND b NOT BETWEEN 1 AND 2;
CREATE INDEX bad1 ON tab2(a) WHERE EXISTS (SELECT 1);
CREATE INDEX bad2 ON tab2(a) WHERE nosuch;
CREATE INDEX bad3 ON tab2(a) WHERE tab1.a = 1;
CREATE INDEX bad4 ON tab2(a) WHERE date('now') > b;
CREATE INDEX bad5 ON tab2(a) WHERE (a, b) = (1, 2);
CREATE INDEX bad6 ON tab2(a) WHERE max(a) > 1;
CREATE INDEX ok2 ON tab2(a) WHERE "nosuch" = 'x';
PRAGMA integrity_check;
DROP INDEX ex2;
SELECT a FROM tab2 WHERE b = 456 AND c <> 0;
-- # terms with the column on the right, in joins and the wrong way round in the index
CREATE TABLE turned(a, b, c);
CREATE INDEX turned1 ON turned(c) WHERE a > 5;
CREATE INDEX turned2 ON turned(b) WHERE a = c;
EXPLAIN QUERY PLAN SELECT * FROM turned WHERE 5 > a AND c = 1;
EXPLAIN QUERY PLAN SELECT * FROM turned WHERE a > 5 AND c = 1;
EXPLAIN QUERY PLAN SELECT * FROM turned WHERE a = c AND b = 1;
EXPLAIN QUERY PLAN SELECT * FROM turned WHERE c = a AND b = 1;
INSERT INTO turned VALUES (6, 1, 1), (5, 1, 1), (1, 1, 1);
SELECT a FROM turned WHERE 5 < a AND c = 1;
SELECT a FROM turned WHERE c = a AND b = 1;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a,b,c);
CREATE INDEX i1 ON t(a) WHERE b=6;
CREATE INDEX i2 ON t(c) WHERE 7=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND 6=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND b=7;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND 7=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND 7==b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND b IS 7;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a,b,c);
CREATE INDEX i1 ON t(a) WHERE b>6;
CREATE INDEX i2 ON t(c) WHERE 7>b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND 6<b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND b>6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND b<7;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND 7>b;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a,b,c);
CREATE INDEX i1 ON t(c) WHERE a=5 OR b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=7 AND (a=5 OR b=6);
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=7 AND a=5;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=7 AND b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=7 AND 6=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=7 AND (b=6 OR a=5);
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a,b,c);
CREATE INDEX i1 ON t(a) WHERE a=5 OR b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=7 AND (a=5 OR b=6);
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=5;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=7 AND b=6;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a,b,c);
CREATE INDEX i1 ON t(a) WHERE b=a;
CREATE INDEX i2 ON t(c) WHERE a IS b;
CREATE INDEX i3 ON t(b) WHERE a+c=b;
CREATE INDEX i4 ON t(b) WHERE a BETWEEN 1 AND 3;
CREATE INDEX i5 ON t(b) WHERE a>=11 AND a<=13;
CREATE INDEX i6 ON t(b) WHERE 5+a > 3;
CREATE INDEX i7 ON t(b) WHERE a+6 > 3;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND a=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND b IS a;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND b=a+c;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND b=c+a;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND c+a=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND a>=1 AND a<=3;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND a BETWEEN 11 AND 13;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND a+5>3;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND 6+a>3;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND 3<a+6;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a COLLATE nocase,b,c);
CREATE INDEX i1 ON t(c) WHERE a=b;
CREATE INDEX i2 ON t(b) WHERE b=a;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND a=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE c=1 AND b=a;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND a=b;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE b=1 AND b=a;
---- new
-- # Terms of WHERE count with the column on the left
CREATE TABLE t(a INTEGER,b INTEGER);
CREATE INDEX i ON t(a+b);
CREATE INDEX i2 ON t(a) WHERE a=5 OR b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND a+b=5;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND b=2 AND a+b=5;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND (a=5 OR b=6);
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND b=6;
EXPLAIN QUERY PLAN SELECT * FROM t WHERE a=1 AND 6=b;
---- new
-- # Nobody counts the entries of a partial index
CREATE TABLE t(a TEXT, b);
CREATE INDEX i ON t(b);
INSERT INTO t VALUES('x',1),('y',2);
PRAGMA writable_schema=1;
UPDATE sqlite_schema SET sql='CREATE INDEX i ON t(b) WHERE a=''x''' WHERE name='i';
PRAGMA writable_schema=RESET;
PRAGMA integrity_check;
PRAGMA quick_check;
EXPLAIN QUERY PLAN SELECT b FROM t WHERE a='x' AND b>0;
---- new
-- # Columns that the condition fixes are not read from the table
CREATE TABLE t(a TEXT, b, c INTEGER, d REAL);
CREATE INDEX i ON t(b) WHERE a='x';
CREATE INDEX ic ON t(b) WHERE c=5;
CREATE INDEX idd ON t(b) WHERE d=5;
CREATE INDEX ii ON t(b) WHERE c='7';
CREATE INDEX i3 ON t(b) WHERE a IS NULL;
CREATE INDEX i4 ON t(b) WHERE a=5;
CREATE INDEX i5 ON t(b) WHERE a='z' AND c=8;
CREATE INDEX i6 ON t(b) WHERE a='u' COLLATE nocase;
CREATE INDEX i7 ON t(a) WHERE b=1;
INSERT INTO t VALUES('x',1,5,5),('x',2,7,8),('5',3,8,5),('z',4,8,1),('z',5,8,2),('U',6,8,2),('u',7,8,2),('u',1,8,2),('u',1.0,8,2);
EXPLAIN QUERY PLAN SELECT b FROM t WHERE a='x' AND b>0;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a='x' AND b>0;
SELECT b,a FROM t WHERE a='x' AND b>0;
EXPLAIN QUERY PLAN SELECT b,a,c FROM t WHERE a='x' AND b>0;
EXPLAIN QUERY PLAN SELECT b,c FROM t WHERE c=5 AND b>0;
SELECT b,c,typeof(c) FROM t WHERE c=5 AND b>0;
EXPLAIN QUERY PLAN SELECT b,d FROM t WHERE d=5 AND b>0;
SELECT b,d,typeof(d) FROM t WHERE d=5 AND b>0;
EXPLAIN QUERY PLAN SELECT b,c FROM t WHERE c='7' AND b>0;
SELECT b,c,typeof(c) FROM t WHERE c='7' AND b>0;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a IS NULL AND b>0;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a=5 AND b>0;
SELECT b,a,typeof(a) FROM t WHERE a=5 AND b>0;
EXPLAIN QUERY PLAN SELECT b,a,c FROM t WHERE a='z' AND c=8 AND b>0;
SELECT b,a,c FROM t WHERE a='z' AND c=8 AND b>0;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a='u' COLLATE nocase AND b>0;
SELECT b,a FROM t WHERE a='u' COLLATE nocase AND b>0;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE b=1 AND a='u';
SELECT b,a FROM t WHERE b=1 AND a='u';
EXPLAIN QUERY PLAN SELECT b FROM t INDEXED BY i WHERE a='x';
EXPLAIN QUERY PLAN SELECT count(*), max(b), a FROM t WHERE a='x';
EXPLAIN QUERY PLAN SELECT x.b, y.b, y.a FROM t x LEFT JOIN t y ON y.a='x' AND y.b=x.b;
SELECT x.b, y.b, y.a FROM t x LEFT JOIN t y ON y.a='x' AND y.b=x.b;
EXPLAIN QUERY PLAN SELECT x.b, y.b, y.a FROM t x JOIN t y ON y.a='x' AND y.b=x.b;
EXPLAIN QUERY PLAN UPDATE t SET b=b+1 WHERE a='x' AND b=1;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a='x' ORDER BY b;
EXPLAIN QUERY PLAN SELECT b,a FROM t WHERE a='x' GROUP BY b;
EXPLAIN QUERY PLAN SELECT b FROM t WHERE a='x' OR rowid=5;
