-- # expression depth, arguments, compound terms, columns, attached databases, LIKE patterns
SELECT length(replace(hex(zeroblob(25000)), '0', 'a')) ;
SELECT 'a' LIKE replace(hex(zeroblob(25000)), '0', '%');
SELECT 'a' LIKE replace(hex(zeroblob(25001)), '0', '%');
SELECT 'a' GLOB replace(hex(zeroblob(25001)), '0', '*');
SELECT length(zeroblob(1000000000));
SELECT length(zeroblob(1000000001));
SELECT length(randomblob(2000000000));
SELECT ?1000000;
SELECT ?32766;
SELECT ?32767;
SELECT ?0;
SELECT printf('%2000000000d', 1);
CREATE TABLE page(a);
PRAGMA max_page_count = 2;
INSERT INTO page VALUES (zeroblob(100000));
PRAGMA max_page_count;
SELECT count(*) FROM page;
---- new
-- # columns of tables, indexes, views, results, SET, GROUP BY, ORDER BY and VALUES
CREATE TABLE few(a, b);
INSERT INTO few VALUES (1, 2);
SELECT 1{{1999:, 1}} FROM few WHERE 0;
SELECT 1{{2000:, 1}} FROM few WHERE 0;
SELECT a FROM few ORDER BY a{{1999:, b}};
SELECT a FROM few ORDER BY a{{2000:, b}};
SELECT a FROM few GROUP BY a{{1999:, b}};
SELECT a FROM few GROUP BY a{{2000:, b}};
INSERT INTO few VALUES (1{{2000:, 1}});
INSERT INTO few(a{{2000:, a}}) VALUES (1{{2000:, 1}});
UPDATE few SET a = 1{{1999:, a = 2}};
UPDATE few SET a = 1{{2000:, a = 2}};
CREATE INDEX wide ON few(a{{2000:, b}});
CREATE VIEW wide AS SELECT 1{{2000:, 1}};
SELECT * FROM wide;
CREATE VIEW wide2(a{{2000:, a}}) AS SELECT 1;
CREATE TABLE wide3 AS SELECT 1{{2000:, 1}};
CREATE TABLE wide4(a, UNIQUE (a{{2000:, a}}));
-- # tables in a join
DELETE FROM few;
INSERT INTO few VALUES (1, 2);
SELECT count(*) FROM few{{63:, few}};
SELECT count(*) FROM few{{64:, few}};
SELECT count(*) FROM few{{64: JOIN few USING (a)}};
-- # depth of expressions
SELECT 1{{998: + 1}};
SELECT 1{{999: + 1}};
SELECT 1{{1000: + 1}};
SELECT {{998:NOT }}1;
SELECT {{1001:NOT }}1;
SELECT {{900:(}}1{{900:)}};
SELECT {{100:(SELECT }}1{{100:)}};
SELECT 1 WHERE 1{{999: AND 1}};
SELECT 1 WHERE 1{{1001: OR 0}};
-- # arguments of functions
SELECT max(1{{999:, 2}});
SELECT max(1{{1000:, 2}});
SELECT coalesce(NULL{{1000:, 2}});
-- # terms of a compound, but not rows of VALUES
SELECT count(*) FROM (SELECT 1{{499: UNION ALL SELECT 1}});
SELECT count(*) FROM (SELECT 1{{500: UNION ALL SELECT 1}});
SELECT count(*) FROM (VALUES (1){{600:, (1)}});
SELECT count(*) FROM (VALUES (1){{500: UNION ALL VALUES (1)}});
-- # parameters
SELECT ?32766 IS NULL;
SELECT ?32767;
SELECT ?32766, ?;
SELECT ?1, ?2, :a, ?;
SELECT ?99999999999;
-- # texts, blobs and rows
SELECT length(zeroblob(1000000000)), length(zeroblob(1000000001));
SELECT length(randomblob(1000000001));
-- # attached databases
ATTACH ':memory:' AS a1;
ATTACH ':memory:' AS a2;
ATTACH ':memory:' AS a3;
ATTACH ':memory:' AS a4;
ATTACH ':memory:' AS a5;
ATTACH ':memory:' AS a6;
ATTACH ':memory:' AS a7;
ATTACH ':memory:' AS a8;
ATTACH ':memory:' AS a9;
ATTACH ':memory:' AS a10;
ATTACH ':memory:' AS a11;
SELECT count(*) FROM pragma_database_list;
-- # the depth of triggers that fire themselves
PRAGMA recursive_triggers = ON;
CREATE TABLE deep(n);
CREATE TRIGGER deeper AFTER INSERT ON deep WHEN new.n > 0 BEGIN INSERT INTO deep VALUES (new.n - 1); END;
INSERT INTO deep VALUES (990);
SELECT count(*) FROM deep;
INSERT INTO deep VALUES (1100);
SELECT count(*) FROM deep;
-- # pages of a database
PRAGMA max_page_count;
PRAGMA max_page_count = 4294967294;
