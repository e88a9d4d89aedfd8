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
---- new
-- # the page's own example, in full and short form
CREATE TABLE t1(a INTEGER PRIMARY KEY, b INT, c TEXT, d INT GENERATED ALWAYS AS (a*abs(b)) VIRTUAL, e TEXT GENERATED ALWAYS AS (substr(c,b,b+1)) STORED);
CREATE TABLE t2(a INTEGER PRIMARY KEY, b INT, c TEXT, d INT AS (a*abs(b)), e TEXT AS (substr(c,b,b+1)) STORED);
INSERT INTO t1 VALUES (3, -2, 'abcdef'), (NULL, 2, 'ghijkl');
INSERT INTO t2(c, b, a) SELECT c, b, a FROM t1;
SELECT * FROM t1 EXCEPT SELECT * FROM t2;
SELECT * FROM t2 ORDER BY d;
INSERT INTO t1(a, b, c, d) VALUES (7, 7, 'x', 49);
INSERT INTO t1 DEFAULT VALUES;
UPDATE t1 SET d = 1, b = 2;
UPDATE t1 SET (b, e) = (1, 'x');
UPDATE t1 SET b = 3 WHERE d = 6;
DELETE FROM t1 WHERE e IS NULL RETURNING *;
SELECT * FROM t1 WHERE d > 0 ORDER BY e;
INSERT INTO t1(a, b, c) VALUES (3, 1, 'new') ON CONFLICT (a) DO UPDATE SET b = excluded.b, c = excluded.c || d RETURNING *;
INSERT INTO t1(a, b, c) VALUES (3, 1, 'new') ON CONFLICT (a) DO UPDATE SET d = 5;
REPLACE INTO t1(a, b, c) VALUES (3, 5, 'replaced') RETURNING d, e;
-- # STORED takes room, VIRTUAL does not; the values are the same
CREATE TABLE room(a, v AS (zeroblob(a)), s AS (a || a) STORED);
INSERT INTO room VALUES (900);
SELECT length(v), s FROM room;
SELECT sum(pgsize) FROM dbstat WHERE name = 'room';
-- # a virtual column is computed when it is read
CREATE TABLE divides(a, b AS (abs(a)), c AS (a / 0));
INSERT INTO divides VALUES (-9223372036854775807 - 1);
SELECT a FROM divides;
SELECT b FROM divides;
SELECT c FROM divides;
CREATE TABLE divides2(a, b AS (abs(a)) STORED);
INSERT INTO divides2 VALUES (-9223372036854775807 - 1);
SELECT count(*) FROM divides2;
-- # affinity is applied to the result
CREATE TABLE aff(a, i INT AS (a), r REAL AS (a), n NUMERIC AS (a), t TEXT AS (a), b BLOB AS (a), x AS (a), si INT AS (a) STORED, sr REAL AS (a) STORED, st TEXT AS (a) STORED);
INSERT INTO aff VALUES ('12'), (3), (4.0), ('1e2'), ('x'), (x'31'), (NULL);
SELECT quote(i), quote(r), quote(n), quote(t), quote(b), quote(x), quote(si), quote(sr), quote(st) FROM aff;
SELECT a FROM aff WHERE t = 3 OR i = '12' OR r = '4' ORDER BY rowid;
-- # NOT NULL, CHECK, UNIQUE and foreign keys
CREATE TABLE par(k INTEGER PRIMARY KEY);
INSERT INTO par VALUES (2), (4);
CREATE TABLE con(a, n AS (nullif(a, 0)) NOT NULL, c AS (a + 1) CHECK (c < 10), u AS (a / 10) UNIQUE, f AS (a * 2) REFERENCES par, sn AS (nullif(a, 5)) STORED NOT NULL, su AS (a % 3) STORED UNIQUE);
PRAGMA foreign_keys = ON;
INSERT INTO con VALUES (0);
INSERT INTO con VALUES (50);
INSERT INTO con VALUES (3);
INSERT INTO con VALUES (1);
INSERT INTO con VALUES (2);
INSERT INTO con VALUES (5);
INSERT OR IGNORE INTO con VALUES (0), (9), (2);
INSERT OR REPLACE INTO con VALUES (2);
SELECT * FROM con;
UPDATE con SET a = 0;
UPDATE con SET a = 3;
UPDATE OR REPLACE con SET a = 1;
DELETE FROM par WHERE k = 2;
DELETE FROM par WHERE k = 4;
CREATE TABLE casc(a, g AS (a) REFERENCES par ON DELETE CASCADE);
CREATE TABLE casc2(a, g AS (a) REFERENCES par ON DELETE SET NULL);
CREATE TABLE casc3(a, g AS (a) REFERENCES par ON UPDATE SET DEFAULT);
CREATE TABLE casc4(a, g AS (a) REFERENCES par ON UPDATE CASCADE);
CREATE TABLE asparent(a, g AS (a * 10) UNIQUE);
CREATE TABLE ofgen(v REFERENCES asparent(g));
INSERT INTO asparent VALUES (1);
INSERT INTO ofgen VALUES (10);
INSERT INTO ofgen VALUES (11);
UPDATE asparent SET a = 2;
PRAGMA foreign_keys = OFF;
-- # in indexes: plain, of several columns, partial, on expressions
CREATE TABLE idx(a, b, g AS (a + b), s AS (a * b) STORED);
INSERT INTO idx VALUES (1, 2), (3, 4), (5, 6);
CREATE INDEX idx1 ON idx(g, a);
CREATE INDEX idx2 ON idx(s DESC) WHERE g > 5;
CREATE INDEX idx3 ON idx(g + s);
CREATE UNIQUE INDEX idx4 ON idx(g);
SELECT a FROM idx INDEXED BY idx1 WHERE g = 7;
EXPLAIN QUERY PLAN SELECT a FROM idx WHERE g = 7;
SELECT a FROM idx INDEXED BY idx2 WHERE s > 5 AND g > 5;
SELECT a FROM idx INDEXED BY idx3 WHERE g + s = 19;
INSERT INTO idx VALUES (2, 1);
UPDATE idx SET b = 10 WHERE g = 7;
SELECT * FROM idx WHERE g > 0 ORDER BY g;
PRAGMA integrity_check;
PRAGMA index_info(idx1);
-- # anywhere in the definition, each may use those that come later
CREATE TABLE anywhere(g1 AS (a + g2), a INT, g2 AS (b * 2) STORED, b INT, g3 AS (g1 + g2));
INSERT INTO anywhere VALUES (1, 10);
SELECT * FROM anywhere;
INSERT INTO anywhere(b) VALUES (3);
SELECT * FROM anywhere ORDER BY b;
CREATE TABLE around(a AS (b), b AS (c), c AS (a), d);
INSERT INTO around(d) VALUES (1);
SELECT * FROM around;
CREATE TABLE self(a AS (a), d);
SELECT a FROM self;
CREATE TABLE selfs(a AS (d + a) STORED, d);
-- # neither DEFAULT nor key
CREATE TABLE no1(a, g DEFAULT 5 AS (a));
CREATE TABLE no2(a, g AS (a) UNIQUE, PRIMARY KEY (a, g));
CREATE TABLE no3(a, g PRIMARY KEY AS (a));
CREATE TABLE no4(a, g AS (a) STORED PRIMARY KEY);
CREATE TABLE no5(a PRIMARY KEY, g AS (a) STORED, PRIMARY KEY (g));
CREATE TABLE no6(g1 AS (1), g2 AS (2) STORED);
CREATE TABLE no7(g AS ());
CREATE TABLE no8(g AS a);
CREATE TABLE no9(a, g AS (a) AS (a + 1));
CREATE TABLE no10(a, g INT AS (a) PERSISTENT);
-- # no subqueries, aggregates, windows, table functions, rowid, other tables, changing functions
CREATE TABLE bad1(a, g AS (a IN (SELECT 1)));
CREATE TABLE bad2(a, g AS (EXISTS (SELECT 1)));
CREATE TABLE bad3(a, g AS (sum(a)));
CREATE TABLE bad4(a, g AS (max(a)));
CREATE TABLE bad5(a, g AS (rank() OVER ()));
CREATE TABLE bad6(a, g AS (json_each(a)));
CREATE TABLE bad7(a, g AS (_rowid_));
CREATE TABLE bad8(a, g AS (par.k));
CREATE TABLE bad9(a, g AS (bad9.a));
CREATE TABLE bad10(a, g AS (last_insert_rowid()));
CREATE TABLE bad11(a, g AS (changes()));
CREATE TABLE bad12(a, g AS (CURRENT_TIMESTAMP));
CREATE TABLE bad13(a, g AS (:x));
CREATE TABLE bad14(a, g AS ("nosuch"));
CREATE TABLE bad15(a, g AS ('text' || a || "a"));
CREATE TABLE bad16(a, g AS (RAISE(IGNORE)));
CREATE TABLE bad17(a, g AS (date(a)), h AS (date('now')));
INSERT INTO bad17(a) VALUES ('2001-02-03');
SELECT g FROM bad17;
SELECT h FROM bad17;
CREATE TABLE good1(a, g AS (max(a, 2)), h AS (CASE WHEN a IN (1, 2) THEN 'in' ELSE 'out' END), i AS (CAST(a AS TEXT) COLLATE nocase), j AS (5));
INSERT INTO good1 VALUES (1), (7);
SELECT * FROM good1;
-- # the INTEGER PRIMARY KEY may be used where the rowid may not
CREATE TABLE viakey(id INTEGER PRIMARY KEY, g AS (id * 2), s AS (id * 3) STORED);
INSERT INTO viakey DEFAULT VALUES;
INSERT INTO viakey VALUES (10);
UPDATE viakey SET id = 11 WHERE id = 10;
SELECT * FROM viakey;
-- # collation and type are the column's own, not the expression's
CREATE TABLE col(a TEXT COLLATE nocase, g AS (a), h COLLATE nocase AS (a), i TEXT AS (a COLLATE nocase), j AS (CAST(a AS INT)));
INSERT INTO col VALUES ('Abc'), ('7');
SELECT g = 'abc', h = 'abc', i = 'abc', a = 'abc', typeof(j), j = '7' FROM col;
CREATE INDEX colg ON col(g);
SELECT count(*) FROM col WHERE g = 'abc';
-- # ALTER TABLE: new ones must be virtual and agree with the rows
CREATE TABLE alt(a);
INSERT INTO alt VALUES (1), (NULL);
ALTER TABLE alt ADD COLUMN g AS (a + 1);
ALTER TABLE alt ADD COLUMN h AS (a + 1) VIRTUAL NOT NULL;
ALTER TABLE alt ADD COLUMN i AS (a + 1) CHECK (i < 2);
ALTER TABLE alt ADD COLUMN j AS (a + 1) STORED;
ALTER TABLE alt ADD COLUMN k AS (a + 1) UNIQUE;
ALTER TABLE alt ADD COLUMN l AS (a + 1) CHECK (l < 3);
ALTER TABLE alt ADD COLUMN m AS (nosuch);
ALTER TABLE alt DROP COLUMN a;
ALTER TABLE alt RENAME COLUMN a TO z;
SELECT sql FROM sqlite_schema WHERE name = 'alt';
ALTER TABLE alt DROP COLUMN g;
SELECT * FROM alt;
PRAGMA table_info(alt);
SELECT name, hidden FROM pragma_table_xinfo('alt');
SELECT name, hidden FROM pragma_table_xinfo('anywhere');
-- # views, triggers and CREATE TABLE AS see them as columns
CREATE VIEW vg AS SELECT g1, g3 FROM anywhere;
SELECT * FROM vg;
CREATE TRIGGER tg AFTER UPDATE OF b ON anywhere WHEN new.g2 <> old.g2 BEGIN INSERT INTO good1 VALUES (new.g1); END;
CREATE TRIGGER tg2 AFTER UPDATE OF g1 ON anywhere BEGIN SELECT 1; END;
UPDATE anywhere SET b = 4 WHERE b = 3;
SELECT max(a) FROM good1;
CREATE TABLE asg AS SELECT * FROM anywhere;
SELECT sql FROM sqlite_schema WHERE name = 'asg';
---- new
-- # loops of virtual columns are found when the table is made, of stored ones when a row is
CREATE TABLE a(a AS (d + a) STORED, d);
CREATE TABLE b(a AS (b) STORED, b AS (a) STORED, d);
CREATE TABLE b2(a AS (b) STORED, b AS (a), d);
CREATE TABLE c(a AS (b), b AS (a) STORED, d);
CREATE TABLE e(a AS (a), d, f AS (d) STORED);
CREATE TABLE e2(a AS (a), d, f AS (a) STORED);
INSERT INTO a(d) VALUES (1);
INSERT INTO b(d) VALUES (1);
INSERT INTO b2(d) VALUES (1);
INSERT INTO c(d) VALUES (1);
SELECT * FROM b;
SELECT * FROM c;
DELETE FROM b;
CREATE TABLE v3(a AS (b), b AS (c), c AS (a), d);
CREATE TABLE v4(a AS (b), b AS (b), c AS (a), d);
CREATE TABLE v5(a AS (c), b AS (b), c AS (a), d);
CREATE TABLE s3(a AS (b) STORED, b AS (c) STORED, c AS (a) STORED, d);
INSERT INTO s3(d) VALUES (1);
ALTER TABLE s3 ADD COLUMN e AS (e);
ALTER TABLE s3 ADD COLUMN e AS (f);
CREATE TABLE n1(a, g AS (a) AS (a + 1));
CREATE TABLE n2(a, g AS (a) UNIQUE AS (a + 1));
CREATE TABLE n3(a, g AS (a) DEFAULT 5);
