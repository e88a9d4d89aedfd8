CREATE TABLE f(i INTEGER, r REAL, t TEXT, n, u NUMERIC, c TEXT COLLATE NOCASE)
INSERT INTO f VALUES(5, 5, '5', 5, 5, 'abc'), (5, 5.5, '5.0', 5.0, '5x', 'ABC'), (7, 7, 'seven', '5', x'35', 'Abc'), (NULL, NULL, NULL, NULL, NULL, NULL)
INSERT INTO f VALUES(858, 1e3, '1000', 1000, 1000.5, 'abd'), (0, -0.0, '', x'', '0', '')
CREATE TABLE g(a INTEGER PRIMARY KEY, b)
INSERT INTO g VALUES(5, 5.0), (7, '5'), (858, 5), (1000, 1000)
SELECT i, r FROM f WHERE i = 5 AND i < r
SELECT i, r FROM f WHERE i = 5 AND i > 6
SELECT i FROM f WHERE i = '5' AND typeof(i) = 'integer'
SELECT r, typeof(r) FROM f WHERE r = 5 AND typeof(r) = 'real' AND r || '' = '5.0'
SELECT t FROM f WHERE t = 5 AND t || 'x' = '5x' AND typeof(t) = 'text'
SELECT quote(n) FROM f WHERE n = 5 AND typeof(n) = 'real'
SELECT quote(n) FROM f WHERE n = 5 AND n || '' = '5.0'
SELECT quote(n), quote(t) FROM f WHERE n = 5 AND n = t
SELECT quote(n), quote(t) FROM f WHERE n = 5 AND t = n
SELECT quote(n), quote(t) FROM f WHERE n = 5 AND t = '5' AND n = t
SELECT quote(n) FROM f WHERE n = 5 AND n BETWEEN 4 AND 6
SELECT quote(n) FROM f WHERE n = 5 AND n IS NOT '5'
SELECT quote(n), i FROM f WHERE n = 5 AND i = 5 AND n = i AND i + n = 10
SELECT quote(u) FROM f WHERE u = 5 AND typeof(u) = 'integer'
SELECT c FROM f WHERE c = 'abc' AND c LIKE 'A%' AND hex(c) = '414243'
SELECT c FROM f WHERE c = 'abc' COLLATE BINARY AND hex(c) = '414243'
SELECT c FROM f WHERE c = 'abc' COLLATE BINARY AND c = 'ABC'
SELECT i FROM f WHERE i IN (5) AND i IS NULL
SELECT i FROM f WHERE i IN (5) AND r > i
SELECT i FROM f WHERE i = NULL AND i IS NULL
SELECT i FROM f WHERE i = 5 AND i = 7
SELECT i FROM f WHERE i = 5 AND i = 5.0 AND i = '5'
SELECT f.i, g.b FROM f, g WHERE f.i = 5 AND g.a = f.i ORDER BY 1, 2
SELECT f.i, g.b FROM f, g WHERE g.a = f.i AND f.i = 858
SELECT f.i, quote(g.b) FROM f, g WHERE g.b = f.i AND f.i = 5 ORDER BY quote(g.b)
SELECT f.i, quote(g.b) FROM f, g WHERE g.b = f.i AND g.b = 5 ORDER BY quote(g.b)
SELECT f.i, g.b FROM f LEFT JOIN g ON g.a = f.i AND f.i = 5 WHERE f.t = '5' AND f.t = f.n
SELECT f.i, g.a FROM f LEFT JOIN g ON g.a = f.i WHERE g.a = 5 AND f.i + g.a = 10
SELECT f.i, g.a FROM f LEFT JOIN g ON g.a = f.i WHERE f.i = 5 AND g.a IS f.i
SELECT f.i, g.a FROM g RIGHT JOIN f ON g.a = f.i WHERE f.i = 7 AND coalesce(g.a, 0) = f.i
SELECT i, (SELECT b FROM g WHERE a = f.i AND f.i = 5) FROM f WHERE i = 5 AND r < 6
SELECT i FROM f WHERE i = 5 AND EXISTS (SELECT 1 FROM g WHERE a = f.i)
SELECT s.i FROM (SELECT i, r FROM f LIMIT 10) s WHERE s.i = 5 AND s.r = s.i
SELECT s.i, s.m FROM (SELECT i, max(r) AS m FROM f GROUP BY i) s WHERE s.i = 5 AND s.m > s.i
SELECT a FROM g WHERE a = 5 AND rowid = a
SELECT a FROM g WHERE rowid = '5' AND a + 1 = 6
SELECT a FROM g WHERE a = 5.5 AND a > 5
SELECT i FROM f WHERE i = abs(-5) AND i < 10
SELECT i FROM f WHERE (r IN (SELECT b FROM g) AND i = 5) OR i = 7 ORDER BY i
SELECT i FROM f WHERE (i IN (SELECT a FROM g) OR i IS NULL) AND r IS NOT NULL ORDER BY i
SELECT i FROM f WHERE NOT (i IN (SELECT a FROM g) AND r > 5) ORDER BY i
SELECT i FROM f WHERE i = 0 AND (i IN (SELECT abs(-9223372036854775807 - 1)) OR i < 5)
SELECT i FROM f WHERE i = 0 AND (i IN (SELECT abs(-9223372036854775807 - 1)) AND i > 5)
