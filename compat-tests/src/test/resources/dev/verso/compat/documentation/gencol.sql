-- # a column constraint makes a generated column, with and without GENERATED ALWAYS, VIRTUAL by default
CREATE TABLE box(id INTEGER PRIMARY KEY, w INT, h INT, label TEXT, area INT GENERATED ALWAYS AS (w*h) VIRTUAL, tag TEXT AS (substr(label, w, w+1)) STORED, half AS (w/2.0));
INSERT INTO box(id, w, h, label) VALUES (1, 3, 4, 'abcdefgh');
INSERT INTO box(w, h, label) VALUES (2, 5, 'xyz'), (NULL, 1, 'n');
SELECT * FROM box;
SELECT id, area, tag, half, typeof(area), typeof(tag), typeof(half) FROM box ORDER BY id;
-- # generated columns can be read anywhere but not written
INSERT INTO box(area) VALUES (1);
INSERT INTO box(w, tag) VALUES (1, 'x');
UPDATE box SET area = 9;
UPDATE box SET tag = 'q' WHERE id = 1;
INSERT INTO box VALUES (9, 1, 2, 'l');
INSERT INTO box VALUES (10, 1, 2, 'l', 3);
SELECT * FROM box WHERE id = 9;
UPDATE box SET w = 6 WHERE id = 1 RETURNING id, area, tag;
-- # they follow what they depend on
SELECT area, tag FROM box WHERE id = 1;
-- # table_info hides them, table_xinfo shows them with 2 for virtual, 3 for stored
PRAGMA table_info(box);
PRAGMA table_xinfo(box);
-- # they have affinity, constraints and indexes
CREATE TABLE c1(a INT, b TEXT AS (a) STORED, c INT AS (a || '') NOT NULL, d REAL AS (a) CHECK (d < 100), e AS (a % 10) UNIQUE, f TEXT COLLATE nocase AS (a || 'X'));
INSERT INTO c1 VALUES (5);
INSERT INTO c1 VALUES (15);
INSERT INTO c1 VALUES (200);
INSERT INTO c1 VALUES (NULL);
SELECT *, typeof(b), typeof(c), typeof(d), typeof(e), f = '5x' FROM c1;
CREATE INDEX c1f ON c1(f);
SELECT a FROM c1 WHERE f = '5x';
-- unordered
EXPLAIN QUERY PLAN SELECT a FROM c1 WHERE f = '5x';
CREATE TABLE parent(k INTEGER PRIMARY KEY);
CREATE TABLE child(x INT, k INT AS (x + 1) REFERENCES parent);
PRAGMA foreign_keys = ON;
INSERT INTO parent VALUES (3);
INSERT INTO child VALUES (2);
INSERT INTO child VALUES (7);
PRAGMA foreign_keys = OFF;
-- # one generated column may use another, in any order, but not itself
CREATE TABLE chain(a AS (b + 1), b AS (c * 2), c INT);
INSERT INTO chain VALUES (5);
SELECT * FROM chain;
CREATE TABLE loop1(a AS (b), b AS (a));
CREATE TABLE loop2(a, b AS (b + 1));
INSERT INTO loop2(a) VALUES (1);
SELECT * FROM loop2;
-- # no default value, not part of the primary key, at least one ordinary column
CREATE TABLE e1(a, b AS (a) DEFAULT 5);
CREATE TABLE e2(a, b AS (a) PRIMARY KEY);
CREATE TABLE e3(a, b AS (a), PRIMARY KEY (b));
CREATE TABLE e4(a AS (1));
CREATE TABLE e5(a AS (1), b AS (2));
-- # only constants, columns of the same row and deterministic functions
CREATE TABLE e6(a, b AS ((SELECT 1)));
CREATE TABLE e7(a, b AS (count(a)));
CREATE TABLE e8(a, b AS (random()));
CREATE TABLE e9(a, b AS (rowid));
CREATE TABLE e10(a, b AS (oid));
CREATE TABLE e11(a, b AS (?1));
CREATE TABLE e12(a, b AS (nosuch));
CREATE TABLE e13(a, b AS (datetime('now')));
INSERT INTO e13(a) VALUES (1);
CREATE TABLE e14(a, b AS (row_number() OVER ()));
CREATE TABLE e15(a, b GENERATED ALWAYS AS (a) FOO);
CREATE TABLE e16(a, b ALWAYS AS (a));
SELECT * FROM chain;
-- # an INTEGER PRIMARY KEY may be used
CREATE TABLE k(id INTEGER PRIMARY KEY, twice AS (id * 2), kept AS (id * 3) STORED);
INSERT INTO k(id) VALUES (4), (NULL);
SELECT * FROM k;
-- # triggers and CHECK see the values
CREATE TABLE log(t);
CREATE TRIGGER kt AFTER INSERT ON k BEGIN INSERT INTO log VALUES (new.twice || '/' || new.kept); END;
INSERT INTO k(id) VALUES (10);
SELECT * FROM log;
-- # WITHOUT ROWID and STRICT tables have them as well
CREATE TABLE wr(a TEXT PRIMARY KEY, b INT AS (length(a)) STORED) WITHOUT ROWID;
INSERT INTO wr VALUES ('four'), ('fives');
SELECT * FROM wr ORDER BY b DESC;
CREATE TABLE st(a INT, b TEXT AS (a) STORED, c INT AS (a || 'x')) STRICT;
INSERT INTO st VALUES (1);
SELECT * FROM st;
-- # ALTER TABLE ADD COLUMN adds virtual ones, not stored ones
ALTER TABLE chain ADD COLUMN d AS (c + 100);
ALTER TABLE chain ADD COLUMN e AS (c + 200) STORED;
SELECT * FROM chain;
