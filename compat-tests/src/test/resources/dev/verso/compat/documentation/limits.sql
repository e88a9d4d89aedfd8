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
