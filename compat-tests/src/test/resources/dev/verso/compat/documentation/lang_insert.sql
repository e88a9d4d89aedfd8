-- # VALUES, several rows, column lists, DEFAULT VALUES
CREATE TABLE t(a INTEGER PRIMARY KEY, b DEFAULT 'dflt', c DEFAULT (1 + 1), d NOT NULL DEFAULT 0);
INSERT INTO t VALUES (1, 'x', 'y', 'z');
INSERT INTO t(b) VALUES ('only b');
INSERT INTO t(c, a) VALUES ('c', 10), ('cc', 20);
INSERT INTO t DEFAULT VALUES;
INSERT INTO t(a, b, c, d) DEFAULT VALUES;
SELECT * FROM t;
INSERT INTO t VALUES (1, 2);
INSERT INTO t(a, b) VALUES (1, 2, 3);
INSERT INTO t(a, nosuch) VALUES (1, 2);
INSERT INTO t(a, a, b) VALUES (100, 101, 'twice');
INSERT INTO t(rowid, a, b, b) VALUES (102, 103, 'first', 'second');
INSERT INTO t(a, oid) VALUES (104, 105);
INSERT INTO t(b, rowid) VALUES ('by rowid', 50);
SELECT * FROM t WHERE a >= 50;
-- # SELECT as source, with ORDER BY, LIMIT, compounds and from the table itself
INSERT INTO t(b) SELECT b || '!' FROM t WHERE a < 5 ORDER BY a DESC LIMIT 2;
INSERT INTO t(b, c) SELECT 1, 2 UNION ALL SELECT 3, 4;
INSERT INTO t(b) SELECT 1, 2;
SELECT count(*), max(a) FROM t;
-- # an alias, a schema, OR clauses
INSERT INTO main.t AS z VALUES (1, 'dup', 0, 0) ON CONFLICT DO UPDATE SET b = z.b || excluded.b;
INSERT OR IGNORE INTO t VALUES (1, 'ignored', 0, 0);
INSERT OR REPLACE INTO t(a, d) VALUES (1, 5);
INSERT OR ABORT INTO t VALUES (1, 0, 0, 0);
REPLACE INTO t(a, b) VALUES (2, 'replaced');
INSERT INTO t(d) VALUES (NULL);
INSERT OR IGNORE INTO t(d) VALUES (NULL);
INSERT OR REPLACE INTO t(a, d) VALUES (77, NULL);
SELECT * FROM t WHERE a IN (1, 2, 77);
-- # rowids: text that is a number, reals, too large, not a number
INSERT INTO t(a) VALUES ('30');
INSERT INTO t(a) VALUES (31.0);
INSERT INTO t(a) VALUES (31.5);
INSERT INTO t(a) VALUES ('x');
INSERT INTO t(a) VALUES (9223372036854775807);
SELECT count(*) FROM t;
DELETE FROM t WHERE a > 1000;
-- # no table, a view
INSERT INTO nosuch VALUES (1);
CREATE VIEW v AS SELECT a FROM t;
INSERT INTO v VALUES (1);
INSERT INTO sqlite_schema VALUES (1, 2, 3, 4, 5);
