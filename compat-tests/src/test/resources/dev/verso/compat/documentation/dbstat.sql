---- file
-- # one row for each page of a tree, without CREATE VIRTUAL TABLE
SELECT * FROM dbstat;
CREATE TABLE xyz(a INTEGER PRIMARY KEY, b);
CREATE INDEX xb ON xyz(b);
CREATE TABLE wide(a, b);
CREATE TABLE wr(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO xyz WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT i, 'some text ' || i FROM n;
INSERT INTO wide VALUES (1, zeroblob(15000)), (2, 'short'), (3, zeroblob(9000));
INSERT INTO wr SELECT a, b FROM xyz WHERE a < 300;
SELECT * FROM dbstat ORDER BY name, path;
SELECT * FROM dbstat;
SELECT name, path, pageno, pagetype, ncell, payload, unused, mx_payload, pgoffset, pgsize, schema, aggregate FROM dbstat WHERE name = 'wide';
SELECT * FROM dbstat WHERE name = 'nosuch';
PRAGMA table_xinfo(dbstat);
-- # the path: /, /000/, overflow pages before the child page of their cell
SELECT path, pagetype FROM dbstat WHERE name = 'xyz' ORDER BY path;
SELECT path, pagetype, ncell, payload, unused, mx_payload FROM dbstat WHERE name = 'wide' ORDER BY path;
CREATE TABLE deep(a);
CREATE INDEX deep_a ON deep(a);
INSERT INTO deep WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT printf('%05000d', i) FROM n;
SELECT name, path, pageno, pagetype, ncell, payload FROM dbstat WHERE name LIKE 'deep%' ORDER BY name, path;
-- # aggregate: one row for each tree
SELECT * FROM dbstat WHERE aggregate = TRUE ORDER BY name;
SELECT * FROM dbstat WHERE aggregate = 1;
SELECT * FROM dbstat WHERE aggregate = FALSE AND name = 'wide';
SELECT count(*) FROM dbstat WHERE aggregate;
SELECT name FROM dbstat('main', 1);
SELECT name, pageno FROM dbstat(NULL, 1) ORDER BY name;
SELECT name, aggregate, schema FROM dbstat WHERE aggregate = 1 AND name = 'xyz';
SELECT count(*) FROM dbstat WHERE aggregate IN (0, 1);
SELECT count(*) FROM dbstat WHERE aggregate = NULL;
-- # pages of the freelist, of the pointer map are left out
SELECT (SELECT page_count FROM pragma_page_count) - count(*) FROM dbstat;
DROP TABLE deep;
SELECT (SELECT page_count FROM pragma_page_count) - count(*), (SELECT freelist_count FROM pragma_freelist_count) FROM dbstat;
-- # other databases, by argument, by column, by the table's own default
ATTACH '{{dir}}/aux1.db' AS aux1;
CREATE TABLE aux1.xyz(a);
INSERT INTO aux1.xyz VALUES (zeroblob(9000));
SELECT count(*) FROM dbstat('aux1') WHERE name = 'xyz';
SELECT pageno FROM dbstat('aux1', 1) WHERE name = 'xyz';
SELECT name, pageno FROM dbstat WHERE schema = 'aux1';
SELECT name, pageno, schema FROM dbstat('AUX1');
SELECT name FROM dbstat('nosuch');
SELECT name FROM dbstat WHERE schema = 'nosuch';
SELECT name FROM dbstat(NULL) WHERE pageno = 1;
SELECT name FROM dbstat('main', 0, 1);
SELECT schema, name, pageno FROM dbstat WHERE schema IN ('main', 'aux1') AND pageno < 3 ORDER BY 1, 3;
SELECT d.name, s.name, s.pageno FROM pragma_database_list AS d, dbstat(d.name) AS s WHERE s.pageno = 2;
CREATE VIRTUAL TABLE temp.stat USING dbstat(aux1);
SELECT name, pageno FROM stat;
SELECT name, pageno FROM stat('main') WHERE pageno = 2;
SELECT count(*) FROM aux1.dbstat;
CREATE TEMP TABLE tt(a);
SELECT name, pageno, pagetype FROM dbstat('temp');
DROP TABLE stat;
-- # what one asks of it
SELECT sum(pgsize - unused) * 100.0 / sum(pgsize) FROM dbstat WHERE name = 'xyz';
SELECT (pgsize - unused) * 100.0 / pgsize FROM dbstat WHERE name = 'xyz' AND aggregate = TRUE;
SELECT avg(ncell) FROM dbstat WHERE name = 'xyz' AND pagetype = 'internal';
CREATE TEMP TABLE s(rowid INTEGER PRIMARY KEY, pageno INT);
INSERT INTO s(pageno) SELECT pageno FROM dbstat ORDER BY path;
SELECT sum(s1.pageno + 1 == s2.pageno) * 1.0 / count(*) FROM s AS s1, s AS s2 WHERE s1.rowid + 1 = s2.rowid;
SELECT name, sum(payload) FROM dbstat GROUP BY name ORDER BY 2 DESC;
SELECT name FROM dbstat WHERE pageno = 3 OR path = '/' ORDER BY pageno LIMIT 2;
SELECT rowid FROM dbstat LIMIT 1;
EXPLAIN QUERY PLAN SELECT * FROM dbstat;
EXPLAIN QUERY PLAN SELECT * FROM dbstat WHERE name = 'xyz' AND schema = 'main' AND aggregate = 1;
EXPLAIN QUERY PLAN SELECT * FROM dbstat ORDER BY name, path;
EXPLAIN QUERY PLAN SELECT * FROM dbstat ORDER BY name DESC;
EXPLAIN QUERY PLAN SELECT * FROM dbstat WHERE aggregate = 1 ORDER BY name;
-- # read-only
INSERT INTO dbstat(name) VALUES ('x');
UPDATE dbstat SET name = 'x';
DELETE FROM dbstat;
DROP TABLE dbstat;
---- file
-- # small pages, auto_vacuum
PRAGMA page_size = 512;
PRAGMA auto_vacuum = FULL;
CREATE TABLE t(a, b UNIQUE);
INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT printf('%0200d', i), i FROM n;
SELECT * FROM dbstat ORDER BY pageno;
SELECT * FROM dbstat('main', 1) ORDER BY name;
SELECT (SELECT page_count FROM pragma_page_count) - count(*) FROM dbstat;
