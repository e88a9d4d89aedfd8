-- # several databases, names, the order of search
CREATE TABLE t(a);
INSERT INTO t VALUES ('main');
ATTACH ':memory:' AS other;
ATTACH DATABASE '' AS third;
CREATE TABLE other.t(a);
CREATE TABLE other.u(a);
CREATE TABLE third.u(a);
INSERT INTO other.t VALUES ('other');
INSERT INTO other.u VALUES ('other u');
INSERT INTO third.u VALUES ('third u');
SELECT a FROM t;
SELECT a FROM other.t;
SELECT a FROM u;
SELECT t.a, x.a FROM main.t, other.t AS x;
SELECT main.t.a, other.t.a FROM main.t, other.t;
INSERT INTO third.u SELECT a FROM main.t UNION ALL SELECT a FROM other.t;
SELECT a FROM third.u;
SELECT seq, name FROM pragma_database_list;
-- # temporary tables hide all others
CREATE TEMP TABLE u(a);
INSERT INTO u VALUES ('temp u');
SELECT a FROM u;
DROP TABLE temp.u;
-- # transactions span them
BEGIN;
UPDATE t SET a = 'changed';
UPDATE other.t SET a = 'changed';
ROLLBACK;
SELECT a FROM t UNION ALL SELECT a FROM other.t;
-- # names that are taken or reserved, how many
ATTACH ':memory:' AS other;
ATTACH ':memory:' AS main;
ATTACH ':memory:' AS temp;
ATTACH ':memory:' AS d3;
ATTACH ':memory:' AS d4;
ATTACH ':memory:' AS d5;
ATTACH ':memory:' AS d6;
ATTACH ':memory:' AS d7;
ATTACH ':memory:' AS d8;
ATTACH ':memory:' AS d9;
ATTACH ':memory:' AS d10;
ATTACH ':memory:' AS d11;
-- # expressions as names
DETACH d9;
ATTACH ':mem' || 'ory:' AS 'd' || '9';
SELECT name FROM pragma_database_list WHERE name = 'd9';
-- # DETACH
DETACH DATABASE third;
SELECT a FROM third.u;
DETACH nosuch;
DETACH main;
DETACH temp;
BEGIN;
DETACH d3;
ATTACH ':memory:' AS inside;
COMMIT;
-- # views and triggers may not reach into another database
CREATE VIEW v AS SELECT * FROM other.t;
CREATE VIEW other.v AS SELECT * FROM t;
SELECT * FROM other.v;
CREATE TRIGGER other.tr AFTER INSERT ON t BEGIN INSERT INTO main.t VALUES (1); END;
CREATE INDEX other.ti ON t(a);
CREATE INDEX ti ON other.t(a);
DROP TABLE other.t;
